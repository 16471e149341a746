/**
 * `npm run build:single`: the whole app as one HTML file that opens from a stick by a double click, with no server.
 * The bundler gives one script and one sheet of styles; here they go into the page, the script packed to less than half,
 * and the page's policy names by hash what unpacks it, so that nothing else runs in it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Runs what is packed in the page. A script made of bytes can only come from a script, and no other is let run. */
const LOADER = `
const packed = Uint8Array.from(atob(document.querySelector('#packed').textContent), (each) => each.charCodeAt(0));
const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
const script = new Blob([await new Response(unpacked).arrayBuffer()], { type: 'text/javascript' });
await import(URL.createObjectURL(script));
`;

const policy = (style: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashOf(LOADER)} 'wasm-unsafe-eval' blob:`,
    `style-src ${hashOf(style)}`,
    'img-src blob: data:',
    'media-src blob:',
    'connect-src ws: wss:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

export const singleFile = (name: string, icon: string): Plugin => ({
  name: 'weft-single-file',
  apply: 'build',
  enforce: 'post',
  // after the bundler's own last words on the code
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const all = Object.values(bundle);
      const chunks = all.filter((each) => each.type === 'chunk');
      const assets = all.filter((each) => each.type === 'asset');
      const page = assets.find(({ fileName }) => fileName.endsWith('.html'));
      const [main, ...more] = chunks;
      const rest = assets.filter((each) => each !== page && !each.fileName.endsWith('.css'));
      if (!page || !main || more.length + rest.length > 0)
        throw new Error(`one script was expected: ${[...chunks, ...rest].map(({ fileName }) => fileName).join(', ')}`);

      const packed = deflateSync(main.code, { level: 9 }).toString('base64');
      const style = assets
        .filter(({ fileName }) => fileName.endsWith('.css'))
        .map(textOf)
        .join('\n');
      const drawn = `data:image/svg+xml,${encodeURIComponent(readFileSync(icon, 'utf8'))}`;
      const source = textOf(page)
        .replace(/<script type="module"[^>]*><\/script>/, '')
        .replaceAll(/<link rel="(stylesheet|apple-touch-icon|manifest)"[^>]*>/g, '')
        .replace(/(?<=<link rel="icon" href=")[^"]*/, () => drawn)
        .replace('<head>', () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy(style)}">`)
        .replace('</head>', () => `<style>${style}</style>\n  </head>`)
        .replace('</body>', () => `${packedIn(packed)}\n  </body>`);

      for (const fileName of Object.keys(bundle)) delete bundle[fileName];
      this.emitFile({ type: 'asset', fileName: name, source });
    },
  },
});

const packedIn = (packed: string): string =>
  `<script type="text/plain" id="packed">${packed}</script>\n    <script type="module">${LOADER}</script>`;

const textOf = ({ source }: Rolldown.OutputAsset): string =>
  typeof source === 'string' ? source : Buffer.from(source).toString('utf8');
