/** An agreement's rule in sentences, for the groups that decide by it. */
import { explainRule } from '../../app/agreements/choices.ts';
import type { SentenceKey } from '../../documents/agreement/decision/index.ts';
import type { Rule } from '../../documents/agreement/index.ts';
import { t } from '../../i18n/t.ts';

type RuleKey = Extract<SentenceKey, `rule.${string}`>;

const isRuleKey = (key: SentenceKey): key is RuleKey => key.startsWith('rule.');

/** Arguments of these sentences are numbers alone. */
const numbersIn = (args: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(args).flatMap(([name, arg]) => (typeof arg === 'number' ? [[name, arg]] : [])));

export const ruleSentences = (rule: Rule, groups: number): readonly string[] => {
  const { parts, of } = rule.threshold;
  // one half means more than half
  const share = parts * 2 === of ? t('agree.share.half') : t('agree.share.atLeast', { parts, of });
  return explainRule(rule, groups).flatMap(({ key, args }) =>
    isRuleKey(key) ? [t(`agree.sentence.${key}`, { ...numbersIn(args), share })] : [],
  );
};
