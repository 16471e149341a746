/** The groups' positions as a table, in the language of the text that it stands below. */
import { memberName, groupName } from '../../app/agreements/names.ts';
import type { Round } from '../../app/agreements/round.ts';
import type { PrintedTable } from '../../documents/agreement/index.ts';
import { chooseLanguage } from '../../i18n/languages.ts';
import { wordsIn } from '../../i18n/words-in.ts';

/** null while nothing is decided */
export const positionRows = async (round: Round, language: string): Promise<PrintedTable | null> => {
  const { outcome } = round;
  if (outcome === null) return null;
  const say = await wordsIn(chooseLanguage([language]), 'proof');
  const { company } = round.agreement;
  const rows = outcome.deciding.map((group): readonly string[] => {
    const said = outcome.answers.get(group)?.counts;
    const { position = 'none' as const, reason = '', conditions = '' } = said?.word ?? {};
    return [
      groupName(company, group),
      say(`proof.position.${position}`),
      [reason, conditions].filter((words) => words !== '').join('\n'),
      said === undefined ? '' : memberName(company, said.member),
    ];
  });
  const head = (['group', 'position', 'reason', 'signer'] as const).map((name) => say(`proof.print.${name}`));
  return { title: say('proof.print.positions'), rows: [head, ...rows] };
};
