import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Folders that take time, randomness and keys as arguments and touch no device, network or page. */
const PURE = [
  'src/lib/**',
  'src/times/**',
  'src/ics/**',
  'src/documents/**',
  'src/crypto/**',
  'src/log/**',
  'src/sync/**',
];

const impureGlobals = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'process',
].map((name) => ({ name, message: 'Pure folders take what they need as arguments.' }));

const impureSyntax = [
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'Take the time as an argument.',
  },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the time as an argument.' },
  {
    selector: 'MemberExpression[object.name="performance"][property.name="now"]',
    message: 'Take the time as an argument.',
  },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Take randomness as an argument.',
  },
  {
    selector: 'MemberExpression[property.name=/^(getRandomValues|randomUUID)$/]',
    message: 'Take randomness as an argument.',
  },
];

/** Every host is chosen by a person, so none stands in the code. XML namespaces are names, not hosts. */
const noHosts = {
  selector: 'Literal[value=/^(https?|wss?|stuns?|turns?):\\/*(?!\\/|www\\.w3\\.org)[\\w[]/]',
  message: 'No host is written into the code.',
};

/** Everything a person reads lives in locales/. */
const noMarkupText = [
  { selector: 'SvelteElement > SvelteText[value=/\\p{L}/u]', message: 'Move this text to locales/.' },
  {
    selector:
      'SvelteAttribute[key.name=/^(aria-label|aria-description|aria-placeholder|aria-roledescription|aria-valuetext|title|placeholder|alt|label)$/] > SvelteLiteral[value=/\\p{L}/u]',
    message: 'Move this text to locales/.',
  },
  {
    selector:
      'SvelteElement > SvelteMustacheTag > :matches(Literal[value=/\\p{L}/u], TemplateLiteral:has(TemplateElement[value.raw=/\\p{L}/u]))',
    message: 'Move this text to locales/.',
  },
];

/** A right-to-left page mirrors by itself only where no side is named. */
const noPhysicalSides = {
  selector:
    'SvelteStyleElement > SvelteText[value=/[\\s;{]((margin|padding|border|scroll-margin|scroll-padding)-(left|right)[\\w-]*|left|right)\\s*:|(float|clear|text-align)\\s*:\\s*(left|right)/]',
  message: 'Name no side: inline-start and inline-end.',
};

export default ts.config(
  { ignores: ['dist/', 'coverage/', 'test-results/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // What a create… function gives keeps nothing in `this`; its methods may be passed on.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...svelte.configs.recommended,
  // What is kept out of reactivity (documents, keys, sets behind a getter) is so on purpose.
  { rules: { 'svelte/prefer-svelte-reactivity': 'off' } },
  // No component reads a store; to find that out it asks for the type of every name, a sixth of all the linting.
  { rules: { 'svelte/require-store-reactive-access': 'off' } },
  {
    // svelte-check knows the types of components; here those that a component exports are unknown.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' },
  },
  { files: ['src/**/*.ts', 'src/**/*.svelte'], rules: { 'no-restricted-syntax': ['error', noHosts] } },
  {
    files: ['src/**/*.svelte'],
    rules: { 'no-restricted-syntax': ['error', noHosts, noPhysicalSides, ...noMarkupText] },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-syntax': ['error', noHosts, ...impureSyntax],
    },
  },
  {
    // These speak to a terminal.
    files: ['src/hub/**', 'src/cli/**', 'bench/**', 'tests/**', '.ci/**'],
    languageOptions: { globals: globals.node },
    // Playwright reads a fixture's needs from its first parameter, be it empty.
    rules: { 'no-console': 'off', 'no-empty-pattern': 'off' },
  },
);
