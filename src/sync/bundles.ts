/**
 * Bundles: making one, a first look at one, and merging it.
 *
 *   makeBundle(replica, {recipients: 'space' | {members}, base, passphrase?}, environment) → {estimate, measure(), bytes()}
 *     with `most`, so many bytes a file, → {estimate, measure(), files()}
 *     base: null for everything, or what the recipients have: commonVector(replica, members)
 *   readBundle(replica, source, environment, passphrase?) → Preview: maker, day, for whom, what merging would bring
 *   mergeBundle(replica, source, environment, {passphrase?, acceptsLarge?}) → {maker, receipt, parts, incomplete}
 *   readBundles, mergeBundles: the same for several files at once, in any order
 *
 * `source` is a ByteSource: a size, and reading by place. A `File` is one with
 * `{size: file.size, read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer())}`.
 */
export { commonVector, makeBundle, type Bundle, type BundleWish, type MakeError, type Measure } from './bundle-make.ts';
export { readBundle, readBundles, type Preview } from './bundle-look.ts';
export { mergeBundle, mergeBundles, type Merged, type MergeOptions } from './bundle-merge.ts';
export type { Failed, Missing } from './bundle-batch.ts';
export type { BundleError, Incomplete, Maker } from './bundle-open.ts';
export type { ByteSource } from '../log/bundle-read.ts';
