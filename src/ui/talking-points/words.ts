/** Small words of the talking points' screens. */
import type { CellState, PointView, Value } from '../../documents/talking-points/index.ts';
import { t } from '../../i18n/t.ts';

/** The first sentence of what a point says, as its name; other words where it says nothing yet. */
export const titleOf = (point: PointView): string => {
  const message = point.message.trim();
  const line = message.split('\n')[0] ?? '';
  const [first] = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(line);
  return first?.segment.trim() ?? t('talk.point.untitled');
};

export const valueName = (value: Value): string =>
  value.type === 'own' && value.text.trim() !== '' ? value.text.trim() : t(`talk.value.${value.type}`);

/** What the cloth shows for a state, beside its word. */
export const SIGNS: Readonly<Record<CellState, string>> = { holds: '✓', stale: '!', draft: '…', missing: '+' };
