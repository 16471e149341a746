/** The words around a text that leaves the app, in the text's own language where Weft speaks it. */
import { groupName } from '../../app/agreements/names.ts';
import type { Round } from '../../app/agreements/round.ts';
import type { AgreementWords } from '../../documents/agreement/index.ts';
import { chooseLanguage } from '../../i18n/languages.ts';
import { wordsIn } from '../../i18n/words-in.ts';
import { explained } from './sentences.ts';

export const printWords = async (round: Round, language: string): Promise<AgreementWords> => {
  const tag = chooseLanguage([language]);
  const [proof, agree, decide] = await Promise.all([
    wordsIn(tag, 'proof'),
    wordsIn(tag, 'agree'),
    wordsIn(tag, 'decide'),
  ]);
  const { agreement, rule } = round;
  const days = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    field: (name) => agree(`agree.text.${name}`),
    group: (id) => groupName(agreement.company, id) || decide('decide.someGroup'),
    local: (group) => proof('proof.print.local', { group }),
    parties: proof('proof.print.parties'),
    redLines: proof('proof.redLines'),
    heldBy: proof('proof.print.heldBy'),
    heldByAll: proof('proof.print.heldByAll'),
    trigger: proof('proof.print.trigger'),
    consequence: proof('proof.print.consequence'),
    lifted: proof('proof.print.lifted'),
    lifter: {
      holder: proof('proof.print.lifter.holder'),
      'every-party': proof('proof.print.lifter.every-party'),
      rule: proof('proof.print.lifter.rule'),
    },
    decision: proof('proof.print.decision'),
    rule: rule === null ? [] : explained(agreement, rule, decide),
    dates: proof('proof.print.dates'),
    date: {
      effective: proof('proof.print.date.effective'),
      review: proof('proof.print.date.review'),
      expiry: proof('proof.print.date.expiry'),
    },
    day: (day) => days.format(Date.parse(`${day}T00:00:00Z`)),
  };
};
