import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../../src/hub/server.ts';

const outside = mkdtempSync(join(tmpdir(), 'weft-hub-'));
const root = join(outside, 'app');
let hub: Hub;

beforeAll(async () => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Weft</title>');
  writeFileSync(join(root, 'sw.js'), 'self');
  writeFileSync(join(root, 'manifest.webmanifest'), '{}');
  writeFileSync(join(root, 'icon.svg'), '<svg/>');
  writeFileSync(join(root, 'weft.html'), '<!doctype html><title>One file</title>');
  writeFileSync(join(root, 'assets', 'index-4f3a91bc.js'), 'export {}');
  writeFileSync(join(root, 'assets', 'argon2-4f3a91bc.wasm'), '');
  hub = await startHub({ root, host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await hub.close();
  rmSync(outside, { recursive: true });
});

const get = (path: string, init?: RequestInit): Promise<Response> => fetch(new URL(path, hub.url), init);

test('serves index.html at the root, and at paths without a file', async () => {
  for (const path of ['', 'some/place']) {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('<title>Weft</title>');
  }
});

test.each([
  ['manifest.webmanifest', 'application/manifest+json'],
  ['sw.js', 'text/javascript'],
  ['icon.svg', 'image/svg+xml'],
  ['assets/argon2-4f3a91bc.wasm', 'application/wasm'],
])('serves %s as %s', async (path, type) => {
  expect((await get(path)).headers.get('content-type')).toContain(type);
});

test('gives the app as one file to be taken along, and the app itself to be opened', async () => {
  const file = await get('weft.html');
  expect(await file.text()).toContain('One file');
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="weft.html"');
  expect((await get('')).headers.get('content-disposition')).toBeNull();
});

test('lets hashed assets be kept for ever, and asks again for everything else', async () => {
  expect((await get('assets/index-4f3a91bc.js')).headers.get('cache-control')).toContain('immutable');
  for (const path of ['', 'index.html', 'sw.js', 'manifest.webmanifest'])
    expect((await get(path)).headers.get('cache-control')).toBe('no-cache');
});

test('answers "not modified" where the file is the same', async () => {
  const etag = (await get('sw.js')).headers.get('etag') ?? '';
  expect((await get('sw.js', { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('a missing asset is missing, not the start page', async () => {
  const response = await get('assets/index-00000000.js');
  expect(response.status).toBe(404);
  expect(response.headers.get('cache-control')).toBe('no-cache');
});

test('every answer carries the safety headers', async () => {
  for (const path of ['', 'sw.js', 'assets/index-4f3a91bc.js', 'assets/gone.js']) {
    const { headers } = await get(path);
    const policy = headers.get('content-security-policy') ?? '';
    for (const directive of [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "connect-src 'self' ws: wss:",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      expect(policy.split('; ')).toContain(directive);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=(self), microphone=(self)');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  }
});

test('never serves what lies outside its folder', async () => {
  for (const path of ['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', '..\\secret.txt'])
    expect(await (await get(path)).text()).not.toContain('secret');
});

test('a broken range, a broken escape and another method do not end it', async () => {
  expect((await get('sw.js', { headers: { range: 'bytes=5-3' } })).status).toBe(200);
  expect((await get('%E0%A4%A')).status).toBeLessThan(500);
  expect((await get('', { method: 'POST', body: 'x' })).status).toBe(405);
  expect((await get('')).status).toBe(200);
});

test('a file that a new build removed while it runs is missing and ends nothing', async () => {
  writeFileSync(join(root, 'assets', 'old-11111111.js'), 'export {}');
  expect((await get('assets/old-11111111.js')).status).toBe(200);
  rmSync(join(root, 'assets', 'old-11111111.js'));
  expect((await get('assets/old-11111111.js')).status).toBe(404);
});

test('gives an address that can be opened', () => {
  expect(hub.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
});

test('rejects where the port is taken', async () => {
  await expect(startHub({ root, host: '127.0.0.1', port: Number(new URL(hub.url).port) })).rejects.toThrow(
    'EADDRINUSE',
  );
});
