/** Sizes beyond which a bundle is not read on. Bytes unless said otherwise. FORMAT.md repeats them. */
export const BUNDLE_LIMIT = {
  file: 2 ** 31,
  slots: 256,
  header: 1_000_000,
  end: 4_000_000,
  /** a pack as it lies in the stream: somewhat more than what opens to LIMIT.pack */
  part: 1_048_576,
  /** segments in a file */
  segments: 200_000,
  /** entries of one device, before somebody is asked */
  device: 50_000_000,
} as const;
