/** A round's text for other programs, with the groups' positions below it. */
import type { Round } from '../../app/agreements/round.ts';
import { agreementMarkdown, agreementOdt } from '../../app/agreements/texts.ts';
import type { AgreementText } from '../../documents/agreement/index.ts';
import { positionRows } from './position-rows.ts';
import { printWords } from './print-words.ts';

export const asMarkdown = async (round: Round, text: AgreementText): Promise<string> =>
  agreementMarkdown(text, await printWords(round, text.language));

export const asOdt = async (round: Round, text: AgreementText): Promise<string> =>
  agreementOdt([{ text, words: await printWords(round, text.language) }], await positionRows(round, text.language));
