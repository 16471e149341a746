/** Ids of the parts of a document. Their randomness is an argument: 16 bytes, so that people apart never pick the same. */
import type { Brand } from '../../lib/brand.ts';
import { toBase64url } from '../../lib/bytes.ts';

export type PointId = Brand<string, 'PointId'>;
export type ProofId = Brand<string, 'ProofId'>;
export type TermId = Brand<string, 'TermId'>;
export type ClauseId = Brand<string, 'ClauseId'>;
export type RedLineId = Brand<string, 'RedLineId'>;
export type ActionId = Brand<string, 'ActionId'>;
export type ApproachId = Brand<string, 'ApproachId'>;
export type RhythmId = Brand<string, 'RhythmId'>;

export const ID_BYTES = 16;

/** `random` is 16 fresh random bytes. */
export const createPointId = (random: Uint8Array): PointId => create(random) as PointId;
export const createProofId = (random: Uint8Array): ProofId => create(random) as ProofId;
export const createTermId = (random: Uint8Array): TermId => create(random) as TermId;
export const createClauseId = (random: Uint8Array): ClauseId => create(random) as ClauseId;
export const createRedLineId = (random: Uint8Array): RedLineId => create(random) as RedLineId;
export const createActionId = (random: Uint8Array): ActionId => create(random) as ActionId;
export const createApproachId = (random: Uint8Array): ApproachId => create(random) as ApproachId;
export const createRhythmId = (random: Uint8Array): RhythmId => create(random) as RhythmId;

export const parsePointId = (value: unknown): PointId | null => (isId(value) ? (value as PointId) : null);
export const parseProofId = (value: unknown): ProofId | null => (isId(value) ? (value as ProofId) : null);
export const parseTermId = (value: unknown): TermId | null => (isId(value) ? (value as TermId) : null);
export const parseClauseId = (value: unknown): ClauseId | null => (isId(value) ? (value as ClauseId) : null);
export const parseRedLineId = (value: unknown): RedLineId | null => (isId(value) ? (value as RedLineId) : null);
export const parseActionId = (value: unknown): ActionId | null => (isId(value) ? (value as ActionId) : null);
export const parseApproachId = (value: unknown): ApproachId | null => (isId(value) ? (value as ApproachId) : null);
export const parseRhythmId = (value: unknown): RhythmId | null => (isId(value) ? (value as RhythmId) : null);

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);

const create = (random: Uint8Array): string => {
  if (random.length !== ID_BYTES) throw new Error('an id takes 16 random bytes');
  return toBase64url(random);
};
