/** What waits for one person: what their languages and their group lack in the palettes, and nothing that they cannot do. */
import type { PointView } from '../../documents/talking-points/index.ts';
import { parseLanguage } from '../../documents/text/index.ts';
import type { DocumentId } from '../../log/types.ts';
import type { Palette } from '../talk/palette.svelte.ts';
import type { Talk } from '../talk/talk.svelte.ts';

export type Waiting = {
  readonly palette: DocumentId;
  readonly point: PointView;
  /** of `point`'s message */
  readonly sourceLanguage: string;
  /** that is wanted */
  readonly language: string;
} & (
  | { readonly type: 'missing' }
  /** `approve`: by this person's group, which owns it */
  | { readonly type: 'stale' | 'approve'; readonly variant: DocumentId }
);

/** Most pressing first: what is wrong now, what waits for a word, what is not there yet. */
export const waitingIn = (talk: Talk): readonly Waiting[] => {
  if (!talk.mayCreate) return [];
  const found = talk.palettes.flatMap((palette) => waitingInPalette(talk, palette));
  return ORDER.flatMap((type) => found.filter((each) => each.type === type));
};

const ORDER = ['stale', 'approve', 'missing'] as const;

const waitingInPalette = (talk: Talk, palette: Palette): readonly Waiting[] => {
  const { view, cloth } = palette;
  // before all is open, what looks missing may be there
  if (!view || !cloth || !palette.isWhole) return [];
  const own = new Set(talk.ownLanguages.map(parseLanguage));
  const myGroup = talk.me?.group;
  const found: Waiting[] = [];
  for (const { point, cells } of cloth.rows) {
    if (point.status.type === 'withdrawn' || point.message.trim() === '') continue;
    const common = { palette: palette.id, point, sourceLanguage: view.sourceLanguage };
    for (const { language, state, variants } of cells) {
      const isOwn = own.has(language);
      if (isOwn && state === 'missing' && language !== view.sourceLanguage) {
        found.push({ ...common, type: 'missing', language });
      }
      for (const variant of variants) {
        const isOurs = talk.entry(variant.id)?.owner === myGroup;
        const of = { ...common, language, variant: variant.id };
        if (variant.state === 'stale' && (isOwn || isOurs) && talk.mayWrite(variant.id)) {
          found.push({ ...of, type: 'stale' });
        } else if (isOurs && !variant.approved && isOffered(variant.view.status, variant.state)) {
          found.push({ ...of, type: 'approve' });
        }
      }
    }
  }
  return found;
};

/** Somebody has said that it is ready to be looked at. */
const isOffered = (status: string, state: string): boolean =>
  (status === 'review' || status === 'done') && (state === 'draft' || state === 'holds');
