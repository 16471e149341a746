/** Ids of the parts of a document. Their randomness is an argument: 16 bytes, so that people apart never pick the same. */
import type { Brand } from '../../lib/brand.ts';
import { toBase64url } from '../../lib/bytes.ts';

export type PointId = Brand<string, 'PointId'>;
export type ProofId = Brand<string, 'ProofId'>;
export type TermId = Brand<string, 'TermId'>;
export type ClauseId = Brand<string, 'ClauseId'>;
export type RedLineId = Brand<string, 'RedLineId'>;

export const ID_BYTES = 16;

/** `random` is 16 fresh random bytes. */
export const createPointId = (random: Uint8Array): PointId => create(random) as PointId;
export const createProofId = (random: Uint8Array): ProofId => create(random) as ProofId;
export const createTermId = (random: Uint8Array): TermId => create(random) as TermId;
export const createClauseId = (random: Uint8Array): ClauseId => create(random) as ClauseId;
export const createRedLineId = (random: Uint8Array): RedLineId => create(random) as RedLineId;

export const parsePointId = (value: unknown): PointId | null => (isId(value) ? (value as PointId) : null);
export const parseProofId = (value: unknown): ProofId | null => (isId(value) ? (value as ProofId) : null);
export const parseTermId = (value: unknown): TermId | null => (isId(value) ? (value as TermId) : null);
export const parseClauseId = (value: unknown): ClauseId | null => (isId(value) ? (value as ClauseId) : null);
export const parseRedLineId = (value: unknown): RedLineId | null => (isId(value) ? (value as RedLineId) : null);

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);

const create = (random: Uint8Array): string => {
  if (random.length !== ID_BYTES) throw new Error('an id takes 16 random bytes');
  return toBase64url(random);
};
