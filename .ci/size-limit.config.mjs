/**
 * What a first visit, and each later step, may cost on the wire (brotli). The files come from vite's own manifest:
 * an entry counts with all that it imports statically, less what an earlier step has fetched already.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const APP = 'dist/app';
const manifestPath = join(APP, '.vite/manifest.json');
if (!existsSync(manifestPath)) throw new Error('Build first: npm run build');
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));

/** In the order in which a person meets them; an entry is a piece of a manifest key. */
const STEPS = [
  { name: 'first paint', entries: ['index.html', 'locale-en'], limit: '60 kB' },
  { name: 'data core, after paint', entries: ['src/app/core'], limit: '70 kB' },
  { name: 'going online', entries: ['src/transports/webrtc'], limit: '30 kB' },
  { name: 'QR', entries: ['src/ui/shared/qr'], limit: '20 kB' },
];

const keysOf = (entry) => Object.keys(manifest).filter((key) => key.includes(entry) || manifest[key].name === entry);

const closure = (keys, found = new Set()) => {
  for (const key of keys) {
    if (found.has(key)) continue;
    found.add(key);
    closure(manifest[key].imports ?? [], found);
  }
  return found;
};

const filesOf = (keys) => [...closure(keys)].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]);

const fetched = new Set();
const steps = STEPS.map(({ name, entries, limit }) => {
  const keys = entries.flatMap((entry) => {
    const found = keysOf(entry);
    if (found.length === 0) throw new Error(`${name}: the build has no entry "${entry}"`);
    return found;
  });
  const files = [...new Set(filesOf(keys))].filter((file) => !fetched.has(file));
  for (const file of files) fetched.add(file);
  return { name, limit, path: files.map((file) => `../${APP}/${file}`) };
});
steps[0].path.push(`../${APP}/index.html`);

const precached = readdirSync(APP, { recursive: true }).filter(
  (file) => /\.(js|css|html|svg|png|wasm|webmanifest|woff2)$/.test(file) && !/(^|\/)(sw\.js|locale-)/.test(file),
);

export default [
  ...steps,
  {
    name: 'whole precache, without languages',
    limit: '600 kB',
    path: precached.map((file) => `../${APP}/${file}`),
  },
];
