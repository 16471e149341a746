/** Small words of the talking points' screens. */
import type { CellState, PointView, Value } from '../../documents/talking-points/index.ts';
import { t } from '../../i18n/t.ts';
import { firstSentence } from '../shared/first-sentence.ts';

/** The first sentence of what a point says, as its name; other words where it says nothing yet. */
export const titleOf = (point: PointView): string => firstSentence(point.message) || t('talk.point.untitled');

export const valueName = (value: Value): string =>
  value.type === 'own' && value.text.trim() !== '' ? value.text.trim() : t(`talk.value.${value.type}`);

/** What the cloth shows for a state, beside its word. */
export const SIGNS: Readonly<Record<CellState, string>> = { holds: '✓', stale: '!', draft: '…', missing: '+' };
