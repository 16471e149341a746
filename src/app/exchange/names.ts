/** What a document is called where it is only mentioned: in a receipt, in a list of what changed. */
import type { DocumentId, GroupId, MemberId } from '../../log/types.ts';
import type { Talk } from '../talk/talk.svelte.ts';

export type DocumentName =
  /** `title` may be empty */
  | { readonly type: 'palette'; readonly palette: DocumentId; readonly title: string; readonly language: string }
  | {
      readonly type: 'variant';
      readonly palette: DocumentId;
      readonly point: string;
      readonly variant: DocumentId;
      readonly language: string;
      /** the core message that it says; empty while that is not here */
      readonly message: string;
      readonly messageLanguage: string;
    }
  /** it is known that there is one, and what is in it is still to come */
  | { readonly type: 'newPalette' | 'newVariant' }
  /** not here yet, or of a kind that this version does not know */
  | { readonly type: 'unknown' };

/** Follows the document: it is opened to be named. */
export const documentName = (talk: Talk, id: DocumentId): DocumentName => {
  const entry = talk.entry(id);
  if (entry?.kind === 'talking-points') {
    const look = talk.palette(id)?.look;
    if (look?.type === 'empty') return { type: 'newPalette' };
    const view = look?.type === 'ready' ? look.palette : null;
    return { type: 'palette', palette: id, title: view?.title ?? '', language: view?.sourceLanguage ?? 'und' };
  }
  if (entry?.kind !== 'variant' || entry.parent === null) return { type: 'unknown' };
  const palette = talk.palette(entry.parent);
  const state = palette?.variant(id).view;
  if (!palette || state?.type !== 'ready' || state.variant.point === null) return { type: 'newVariant' };
  const { point, language } = state.variant;
  return {
    type: 'variant',
    palette: palette.id,
    point,
    variant: id,
    language,
    message: palette.point(point)?.message ?? '',
    messageLanguage: palette.view?.sourceLanguage ?? 'und',
  };
};

/** Empty where that member's record is not here. */
export const memberName = (talk: Talk, id: MemberId | null): string => (id === null ? '' : talk.memberName(id));

/** Whom a bundle is for. */
export type Whom =
  | { readonly type: 'everyone' }
  | { readonly type: 'group'; readonly group: GroupId }
  | { readonly type: 'member'; readonly member: MemberId };
