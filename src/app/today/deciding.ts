/** What agreements ask of one person: an answer of their group, a round to be closed, a text to be looked at again. */
import type { WordId } from '../../documents/agreement/words.ts';
import type { DocumentId } from '../../log/types.ts';
import type { Agreement } from '../agreements/agreement.svelte.ts';
import type { Agreements } from '../agreements/agreements.svelte.ts';
import { Round } from '../agreements/round.ts';

export interface Asked {
  /** `close`: everybody has answered, or the day by which they were asked to has passed */
  readonly type: 'answer' | 'close' | 'review';
  readonly agreement: DocumentId;
  readonly proposal: WordId;
  /** of the text that was frozen; empty while that is not here */
  readonly title: string;
  readonly language: string;
  readonly round: number;
  /** 'YYYY-MM-DD', of a review */
  readonly day: string;
}

/** Most pressing first. Opens no document: all that it needs is signed. */
export const askedIn = (agreements: Agreements): readonly Asked[] => {
  const { me } = agreements;
  if (me === null || me.role === 'observer') return [];
  const found = agreements.agreements.flatMap((agreement) => askedBy(agreement));
  return (['answer', 'close', 'review'] as const).flatMap((type) => found.filter((each) => each.type === type));
};

const askedBy = (agreement: Agreement): readonly Asked[] => {
  const { life, company } = agreement;
  const asked: Asked[] = [];
  for (const { proposal } of life.open) {
    const round = new Round(agreement, proposal.id);
    if (round.waitsForMe) asked.push({ type: 'answer', ...about(agreement, round) });
    if (round.isReadyToClose) asked.push({ type: 'close', ...about(agreement, round) });
  }
  const isOurs = life.parties.some((group) => group === String(company.me?.group));
  if (life.current !== null && life.reviewDue && isOurs && life.stage.type === 'ratified' && life.open.length === 0)
    asked.push({ type: 'review', ...about(agreement, new Round(agreement, life.current.proposal.id)) });
  return asked;
};

const about = (agreement: Agreement, round: Round): Omit<Asked, 'type'> => {
  const [language = 'und'] = round.languages;
  const look = round.text(language);
  return {
    agreement: agreement.id,
    proposal: round.id,
    title: look.type === 'here' ? look.text.title : '',
    language,
    round: round.proposal?.round ?? 1,
    day: round.proposal?.dates.review ?? '',
  };
};
