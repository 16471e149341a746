import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

import common from './locales/en/common.json' with { type: 'json' };
import { fileURLToPath } from 'node:url';
import { createChunkGroup } from './.ci/chunks.ts';
import { singleFile } from './.ci/single-file.ts';
import { testProjects } from './tests/projects.ts';

// The app ------------------------------------------------------------------------------------------------------------

/**
 * The hub may send the same as a header; here it also holds on any other static host.
 * Signaling addresses are chosen by people, so any WebSocket may be opened, but nothing may be fetched from elsewhere.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Only in the build: the development server injects styles and scripts of its own. */
function securityPolicy(): Plugin {
  return {
    name: 'weft-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const installable = () =>
  VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/service-worker',
    filename: 'sw.ts',
    injectRegister: false,
    // the icons are among the files of the pattern below
    includeManifestIcons: false,
    manifest: {
      id: './',
      name: common.app.name,
      short_name: common.app.name,
      description: common.app.tagline,
      lang: 'en',
      dir: 'ltr',
      start_url: './',
      scope: './',
      display: 'standalone',
      background_color: '#faf7f1',
      theme_color: '#faf7f1',
      // the service worker takes what is shared: nothing of it reaches a server
      share_target: {
        action: './share',
        method: 'POST',
        enctype: 'multipart/form-data',
        params: {
          files: [{ name: 'bundle', accept: ['application/octet-stream', 'text/plain', '.bin', '.txt'] }],
        },
      },
      file_handlers: [{ action: './', accept: { 'application/octet-stream': ['.bin'] } }],
      icons: [
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    injectManifest: {
      // every chunk and every language: what is not precached does not exist offline
      globPatterns: ['**/*.{js,css,html,svg,png,wasm,webmanifest}'],
      // the app as one file is fetched only by whoever gives it away
      globIgnores: ['weft.html'],
      maximumFileSizeToCacheInBytes: 4_000_000,
    },
  });

const own = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Parts of libraries that cost much and give the app nothing, and what stands in for them. Each says why. */
const standIns = [
  { find: /^@formatjs\/icu-messageformat-parser$/, replacement: own('src/i18n/message-syntax.ts') },
  { find: /^lib0\/logging$/, replacement: own('src/lib/quiet-logging.ts') },
  // y-webrtc names the bundled form, which brings Node's streams and buffers with it
  { find: /^simple-peer\/simplepeer\.min\.js$/, replacement: 'simple-peer' },
  { find: /^(readable-stream|buffer)$/, replacement: own('src/transports/webrtc/peer/stream.ts') },
  { find: /^randombytes$/, replacement: own('src/transports/webrtc/peer/random.ts') },
  { find: /^debug$/, replacement: own('src/transports/webrtc/peer/debug.ts') },
];

const appPlugins = () => [svelte({ configFile: false }), securityPolicy(), installable()];

const appBuild = () => ({
  outDir: 'dist/app',
  emptyOutDir: true,
  manifest: true,
  target: ['chrome111', 'firefox128', 'safari16.4'],
  // a data: address for a small asset would only move bytes into the first paint
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  rolldownOptions: { output: { codeSplitting: { groups: [createChunkGroup('src/main.ts')] } } },
});

// The same as one file: `vite build --mode single` ---------------------------------------------------------------------

/** A worker has no address of its own there. */
const inlineWorker = {
  find: /^\.\/start-worker\.ts$/,
  replacement: own('src/app/vault/start-worker-inline.ts'),
};

const singlePlugins = () => [svelte({ configFile: false }), singleFile('weft.html', own('public/icon.svg'))];

const singleBuild = () => ({
  outDir: 'dist-single',
  emptyOutDir: true,
  target: appBuild().target,
  assetsInlineLimit: () => true,
  cssCodeSplit: false,
  modulePreload: false as const,
  rolldownOptions: { output: { codeSplitting: false } },
});

// Tests: see tests/projects.ts ---------------------------------------------------------------------------------------

const underTest = process.env['VITEST'] !== undefined;

export default defineConfig(({ mode }) => ({
  base: './',
  ...(mode === 'single'
    ? { publicDir: false, plugins: singlePlugins(), build: singleBuild() }
    : { plugins: underTest ? [svelte({ configFile: false })] : appPlugins(), build: appBuild() }),
  resolve: { alias: mode === 'single' ? [...standIns, inlineWorker] : standIns },
  // found at the start, since a library that is found on the way makes the page of a running test load again
  optimizeDeps: { entries: ['index.html', 'tests/**/*.browser.test.ts'] },
  // more than cores: contracts of the transports wait more than they work
  test: { projects: testProjects, maxWorkers: '150%' },
}));
