/** Sizes beyond which foreign bytes are not even looked at. Bytes unless said otherwise. */
export const LIMIT = {
  /** skeleton and content of one entry */
  entry: 65_536,
  /** content kept in one entry when a long paste is split */
  entryContent: 48_000,
  /** a segment before packing: the writer's aim and the reader's bound */
  segmentAim: 262_144,
  segment: 524_288,
  /** a pack, opened */
  pack: 1_000_000,
  /** a record's or statement's envelope */
  signed: 16_384,
  /** the body of a statement that is a word: leaves its envelope room for 64 parents */
  word: 14_000,
  /** a message of signaling that is passed on */
  signal: 24_000,
  name: 400,
  structs: 20_000,
  ranges: 20_000,
  depth: 16,
  heads: 64,
  parents: 64,
  languages: 32,
} as const;
