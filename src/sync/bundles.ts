/**
 * Bundles: making one, a first look at one, and merging it.
 *
 *   makeBundle(replica, {recipients: 'space' | {members}, base, passphrase?}, environment) → {estimate, bytes()}
 *     base: null for everything, or what the recipients have: commonVector(replica, members)
 *   readBundle(replica, source, environment, passphrase?) → Preview: maker, day, for whom, what merging would bring
 *   mergeBundle(replica, source, environment, {passphrase?, acceptsLarge?}) → {maker, receipt, parts, incomplete}
 *
 * `source` is a ByteSource: a size, and reading by place. A `File` is one with
 * `{size: file.size, read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer())}`.
 */
export { commonVector, makeBundle, type Bundle, type BundleWish, type MakeError } from './bundle-make.ts';
export { readBundle, type Preview } from './bundle-look.ts';
export { mergeBundle, type Merged, type MergeOptions } from './bundle-merge.ts';
export type { BundleError, Incomplete, Maker } from './bundle-open.ts';
export type { ByteSource } from '../log/bundle-read.ts';
