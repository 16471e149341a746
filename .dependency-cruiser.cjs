/**
 * Who may import whom, folder by folder: the table of docs/architecture.md.
 * A folder names all that it may reach; anything else, own or foreign, is an error.
 */

/** Patterns of what each folder may import, next to its own files. */
const MAY_IMPORT = {
  lib: ['@scure/base', 'fflate'],
  times: ['src/lib'],
  ics: ['src/lib', 'src/times', 'src/documents', 'yjs'],
  documents: ['src/lib', 'src/times', 'yjs', 'diff'],
  crypto: ['src/lib', 'tweetnacl', '@noble/curves', '@noble/hashes', 'hash-wasm'],
  log: ['src/lib', 'src/crypto', 'yjs', 'lib0'],
  sync: ['src/lib', 'src/crypto', 'src/log', 'yjs'],
  transports: ['src/lib', 'src/log/types.ts', 'src/sync', 'yjs', 'lib0', 'y-webrtc'],
  storage: ['src/lib', 'src/log/types.ts', 'src/sync', 'yjs', 'dexie', 'y-indexeddb', 'node:'],
  proofs: ['src/lib', 'src/crypto', 'src/log', 'src/documents'],
  app: [
    'src/lib',
    'src/times',
    'src/documents',
    'src/ics',
    'src/crypto',
    'src/log',
    'src/sync',
    'src/proofs',
    'src/i18n',
    'svelte',
    'yjs',
  ],
  editor: [
    'src/lib',
    'src/documents',
    'yjs',
    'y-prosemirror',
    'prosemirror-commands',
    'prosemirror-inputrules',
    'prosemirror-keymap',
    'prosemirror-model',
    'prosemirror-schema-list',
    'prosemirror-state',
    'prosemirror-view',
  ],
  ui: ['src/lib', 'src/times', 'src/app', 'src/editor', 'src/i18n', 'svelte', '@lucide/svelte', 'uqr', 'qr'],
  i18n: ['src/lib', 'locales', 'svelte', 'svelte-i18n'],
  'service-worker': ['src/lib', 'src/storage/waiting-files', 'workbox-precaching', 'workbox-routing'],
  hub: ['src/lib', 'src/sync/(wire|transport)[^/]*[.]ts', 'ws', 'sirv', 'node:'],
  cli: [
    'src/lib',
    'src/times',
    'src/documents',
    'src/ics',
    'src/crypto',
    'src/log',
    'src/sync',
    'src/proofs',
    'src/storage/folder',
    'locales/cli',
    'yjs',
    'node:',
  ],
};

/** A type leaves nothing behind in the code that runs, so these may be named and not called. */
const MAY_NAME_TYPES_OF = { ui: ['src/documents', 'src/log/types.ts'] };

const quoted = (name) => name.replace(/[.@/-]/g, '[$&]');

/** own files by path; packages as node_modules/NAME; `node:` is every module of Node itself */
const toPath = (target) => {
  if (target === 'node:') return '^(node:)?[a-z_/0-9]+$';
  if (/^(src|locales)(\/|$)/.test(target)) return `^${target}`;
  return `^node_modules/${quoted(target)}/`;
};

const folderRule = ([folder, targets]) => ({
  name: `${folder}-reaches-only-its-own`,
  comment: `src/${folder} may import: ${targets.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    pathNot: [`^src/${folder}/`, ...targets.map(toPath), ...(MAY_NAME_TYPES_OF[folder] ?? []).map(toPath)],
  },
});

const typesOnlyRule = ([folder, targets]) => ({
  name: `${folder}-takes-only-types-from-there`,
  comment: `src/${folder} may import only types of: ${targets.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: targets.map(toPath), dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-dead-imports', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    ...Object.entries(MAY_IMPORT).map(folderRule),
    ...Object.entries(MAY_NAME_TYPES_OF).map(typesOnlyRule),
    {
      name: 'every-folder-has-a-rule',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(MAY_IMPORT).join('|')})/` },
    },
    {
      name: 'only-crypto-imports-ciphers',
      comment: 'One verifyStrict and one seal: no direct call of a cipher library.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/crypto/' },
      to: { path: '^node_modules/(tweetnacl|@noble|hash-wasm)/' },
    },
    {
      name: 'nobody-imports-the-start',
      severity: 'error',
      from: { path: '^src/([^/]+)' },
      to: { path: '^src/(main[.]ts|(hub|cli|service-worker)/)', pathNot: '^src/$1' },
    },
    {
      name: 'the-editor-comes-when-it-is-needed',
      comment: 'Load src/editor by import(); types, and what only shows (src/editor/reading.ts), may be imported.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/editor/' },
      to: {
        path: '^src/editor/',
        pathNot: '^src/editor/reading[.]ts',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'src-knows-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|[.]ci)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'module', 'default', 'types'],
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.json'],
    },
    // package.json's own bans (deprecated packages and the like) are npm's to report.
    skipAnalysisNotInRules: true,
  },
};
