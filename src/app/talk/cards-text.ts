/** The cards as plain text to pass on, with its labels in the language of the screen. */
import { cardsAsText } from '../../documents/talking-points/index.ts';
import type { Card, PaletteView } from '../../documents/talking-points/index.ts';
import { t } from '../../i18n/t.ts';

export const textOfCards = (palette: PaletteView, cards: readonly Card[]): string =>
  cardsAsText(palette, cards, {
    why: t('talk.point.why'),
    proof: t('talk.proof.claim'),
    question: t('talk.point.question'),
    answer: t('talk.point.answer'),
    say: t('talk.point.say'),
    dontSay: t('talk.point.dontSay'),
    states: { holds: t('talk.state.holds'), stale: t('talk.state.stale'), draft: t('talk.state.draft') },
  });
