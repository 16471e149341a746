/** Small words of the talking points' screens. */
import type { CellState, PointView, Value } from '../../documents/talking-points/index.ts';
import { t } from '../../i18n/t.ts';

/** The first line of what a point says; a sentence where it says nothing yet. */
export const titleOf = (point: PointView): string => {
  const line = point.message.trim().split('\n')[0]?.trim() ?? '';
  return line === '' ? t('talk.point.untitled') : line;
};

export const valueName = (value: Value): string =>
  value.type === 'own' && value.text.trim() !== '' ? value.text.trim() : t(`talk.value.${value.type}`);

/** What the cloth shows for a state, beside its word. */
export const SIGNS: Readonly<Record<CellState, string>> = { holds: '✓', stale: '!', draft: '…', missing: '+' };
