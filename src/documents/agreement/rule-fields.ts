/** A rule as fields of a document, each set by itself; whatever stands there reads as some rule. */
import type * as Y from 'yjs';
import { readOneOf } from '../shape/read.ts';
import type { Scalar } from '../shape/write.ts';
import {
  DEFAULT_RULE,
  METHODS,
  MOST_DAYS,
  MOST_GROUPS,
  MOST_HOURS,
  NO_EMERGENCY,
  parseCount,
  parseThreshold,
  SHARES,
  STANDINGS,
} from './rule.ts';
import type { Emergency, Method, Rule, Share, Standing, Threshold } from './rule.ts';

/** What one may change of a rule. A threshold is one value: of two set apart, one stands whole. */
export type RuleField =
  | { readonly field: 'method'; readonly value: Method }
  | { readonly field: 'threshold'; readonly value: Threshold }
  | { readonly field: 'share'; readonly value: Share }
  | { readonly field: 'mostStandAsides'; readonly value: number | null }
  | { readonly field: 'quorum'; readonly value: number }
  | { readonly field: 'standing'; readonly value: Standing }
  | { readonly field: 'emergencyAllowed'; readonly value: boolean }
  | { readonly field: 'emergencyGroups' | 'emergencyHours' | 'emergencyReviewDays'; readonly value: number };

/** What a document keeps under the field's name; undefined: not a value of this field. */
export const encodeRuleField = (change: RuleField): Scalar | undefined => {
  switch (change.field) {
    case 'method':
      return METHODS.find((method) => method === change.value);
    case 'standing':
      return STANDINGS.find((standing) => standing === change.value);
    case 'threshold': {
      const threshold = parseThreshold(change.value);
      return threshold === null ? undefined : `${threshold.parts}/${threshold.of}`;
    }
    case 'share':
      return SHARES.find((share) => share === change.value);
    case 'mostStandAsides':
      return change.value === null ? null : (parseCount(change.value, 0, MOST_GROUPS) ?? undefined);
    case 'quorum':
      return parseCount(change.value, 0, MOST_GROUPS) ?? undefined;
    case 'emergencyAllowed':
      return change.value === true;
    case 'emergencyGroups':
      return parseCount(change.value, 1, MOST_GROUPS) ?? undefined;
    case 'emergencyHours':
      return parseCount(change.value, 1, MOST_HOURS) ?? undefined;
    case 'emergencyReviewDays':
      return parseCount(change.value, 1, MOST_DAYS) ?? undefined;
  }
};

export const ruleFieldsOf = (rule: Rule): readonly RuleField[] => [
  { field: 'method', value: rule.method },
  { field: 'threshold', value: rule.threshold },
  { field: 'share', value: rule.share },
  { field: 'mostStandAsides', value: rule.mostStandAsides },
  { field: 'quorum', value: rule.quorum },
  { field: 'standing', value: rule.standing },
  { field: 'emergencyAllowed', value: rule.emergency.allowed },
  ...(rule.emergency.allowed
    ? ([
        { field: 'emergencyGroups', value: rule.emergency.groups },
        { field: 'emergencyHours', value: rule.emergency.hours },
        { field: 'emergencyReviewDays', value: rule.emergency.reviewDays },
      ] as const)
    : []),
];

export const readRule = (root: Y.Map<unknown>): Rule => ({
  method: readOneOf(root, 'method', METHODS, DEFAULT_RULE.method),
  threshold: readThreshold(root.get('threshold')),
  share: readOneOf(root, 'share', SHARES, DEFAULT_RULE.share),
  mostStandAsides: parseCount(root.get('mostStandAsides'), 0, MOST_GROUPS),
  quorum: parseCount(root.get('quorum'), 0, MOST_GROUPS) ?? DEFAULT_RULE.quorum,
  standing: readOneOf(root, 'standing', STANDINGS, DEFAULT_RULE.standing),
  emergency: readEmergency(root),
});

const readThreshold = (value: unknown): Threshold => {
  const [parts, of, ...rest] = typeof value === 'string' && value.length < 9 ? value.split('/') : [];
  const threshold = rest.length > 0 ? null : parseThreshold({ parts: Number(parts), of: Number(of) });
  return threshold ?? DEFAULT_RULE.threshold;
};

const readEmergency = (root: Y.Map<unknown>): Emergency =>
  root.get('emergencyAllowed') === true
    ? {
        allowed: true,
        groups: parseCount(root.get('emergencyGroups'), 1, MOST_GROUPS) ?? USUAL.groups,
        hours: parseCount(root.get('emergencyHours'), 1, MOST_HOURS) ?? USUAL.hours,
        reviewDays: parseCount(root.get('emergencyReviewDays'), 1, MOST_DAYS) ?? USUAL.reviewDays,
      }
    : NO_EMERGENCY;

/** Where it has been allowed and nothing further said. */
const USUAL = { groups: 2, hours: 48, reviewDays: 14 };
