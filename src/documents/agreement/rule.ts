/**
 * How the groups of an agreement decide: the part of the text that is not words, so that every device works out the
 * same outcome from it.
 */

export const METHODS = ['consent', 'consensus', 'majority', 'every-group'] as const;
export const STANDINGS = ['parties', 'adopters'] as const;
export const SHARES = ['answers', 'parties'] as const;

/**
 * consent: adopted unless a group objects. consensus: adopted unless a group blocks. majority: adopted if enough of
 * those that agree or not agree do agree. every-group: adopted once every group agrees.
 */
export type Method = (typeof METHODS)[number];

/** Which groups decide on an amendment: all parties, or those that adopted the version before. */
export type Standing = (typeof STANDINGS)[number];

/** What a majority is a share of: the groups that agree or object, or all that decide, so that silence counts against. */
export type Share = (typeof SHARES)[number];

/** 2 of 3 and the like; from one half to all. One half means more than half: two halves cannot both have won. */
export interface Threshold {
  readonly parts: number;
  readonly of: number;
}

/** For what cannot wait: fewer groups decide at once, and all look at it again soon after. */
export interface Emergency {
  readonly allowed: boolean;
  /** so many groups must agree, and none may block; 0 where it is not allowed, as are the two below */
  readonly groups: number;
  /** time to answer; it prompts people, and decides nothing */
  readonly hours: number;
  /** after so many days all look at it again; likewise a prompt */
  readonly reviewDays: number;
}

export interface Rule {
  readonly method: Method;
  /** counts for 'majority' alone, and is there for the others too, so that changing back and forth loses nothing */
  readonly threshold: Threshold;
  /** likewise for 'majority' alone */
  readonly share: Share;
  /** for 'consent' and 'consensus': with more groups than this standing aside it is not adopted; null: no limit */
  readonly mostStandAsides: number | null;
  /** at least so many groups must have answered, whatever they say; 0: no quorum */
  readonly quorum: number;
  readonly standing: Standing;
  readonly emergency: Emergency;
}

export const MOST_GROUPS = 1_000;
export const MOST_HOURS = 8_760;
export const MOST_DAYS = 3_660;

export const NO_EMERGENCY: Emergency = { allowed: false, groups: 0, hours: 0, reviewDays: 0 };
export const DEFAULT_RULE: Rule = {
  method: 'consent',
  threshold: { parts: 2, of: 3 },
  share: 'answers',
  mostStandAsides: null,
  quorum: 0,
  standing: 'parties',
  emergency: NO_EMERGENCY,
};

export const meetsThreshold = ({ parts, of }: Threshold, agreeing: number, counted: number): boolean =>
  counted > 0 && (parts * 2 === of ? agreeing * 2 > counted : agreeing * of >= parts * counted);

/** Strict: exactly these fields, each within its bounds; null for anything else. */
export const parseRule = (value: unknown): Rule | null => {
  const fields = exactly(value, ['method', 'threshold', 'share', 'mostStandAsides', 'quorum', 'standing', 'emergency']);
  if (fields === null) return null;
  const method = METHODS.find((one) => one === fields['method']);
  const standing = STANDINGS.find((one) => one === fields['standing']);
  const share = SHARES.find((one) => one === fields['share']);
  const threshold = parseThreshold(fields['threshold']);
  const most = fields['mostStandAsides'];
  const mostStandAsides = most === null ? null : parseCount(most, 0, MOST_GROUPS);
  if (share === undefined || (most !== null && mostStandAsides === null)) return null;
  const emergency = parseEmergency(fields['emergency']);
  const quorum = parseCount(fields['quorum'], 0, MOST_GROUPS);
  if (method === undefined || standing === undefined || threshold === null || emergency === null || quorum === null)
    return null;
  return { method, threshold, share, mostStandAsides, quorum, standing, emergency };
};

export const parseThreshold = (value: unknown): Threshold | null => {
  const fields = exactly(value, ['parts', 'of']);
  const parts = parseCount(fields?.['parts'], 1, 100);
  const of = parseCount(fields?.['of'], 1, 100);
  return parts === null || of === null || parts > of || parts * 2 < of ? null : { parts, of };
};

/** Where it is not allowed, all its numbers are 0: one form of one rule. */
export const parseEmergency = (value: unknown): Emergency | null => {
  const fields = exactly(value, ['allowed', 'groups', 'hours', 'reviewDays']);
  const allowed = fields?.['allowed'];
  if (fields === null || typeof allowed !== 'boolean') return null;
  const least = allowed ? 1 : 0;
  const groups = parseCount(fields['groups'], least, allowed ? MOST_GROUPS : 0);
  const hours = parseCount(fields['hours'], least, allowed ? MOST_HOURS : 0);
  const reviewDays = parseCount(fields['reviewDays'], least, allowed ? MOST_DAYS : 0);
  return groups === null || hours === null || reviewDays === null ? null : { allowed, groups, hours, reviewDays };
};

export const parseCount = (value: unknown, least: number, most: number): number | null =>
  // -0 is 0 to a person, and another value to a hash
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most ? value + 0 : null;

const exactly = (value: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
  return Object.keys(fields).length === keys.length && keys.every((key) => Object.hasOwn(fields, key)) ? fields : null;
};
