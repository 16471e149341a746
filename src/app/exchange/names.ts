/** What a document is called where it is only mentioned: in a receipt, in a list of what changed. */
import type { DocumentId, GroupId, MemberId } from '../../log/types.ts';
import type { Agreements } from '../agreements/agreements.svelte.ts';
import type { Calendars } from '../calendar/calendars.svelte.ts';
import type { Talk } from '../talk/talk.svelte.ts';

/** Where documents of each kind are found. */
export interface Shelves {
  readonly talk: Talk;
  readonly agreements: Agreements;
  /** null: what reads them is not here yet */
  readonly calendars: Calendars | null;
}

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
  /** `title` may be empty */
  | { readonly type: 'agreement'; readonly agreement: DocumentId; readonly title: string; readonly language: string }
  | {
      /** of an agreement: a clause of one group, or the text in another language */
      readonly type: 'localClause' | 'translation';
      readonly agreement: DocumentId;
      readonly title: string;
      /** whose clause it is */
      readonly group: string;
      /** that it is written in */
      readonly language: string;
    }
  /** a calendar, or how one group takes part in its actions; `title` may be empty */
  | {
      readonly type: 'calendar' | 'variations';
      readonly calendar: DocumentId;
      readonly title: string;
      readonly group: string;
    }
  /** it is known that there is one, and what is in it is still to come */
  | { readonly type: NewDocument }
  /** not here yet, or of a kind that this version does not know */
  | { readonly type: 'unknown' };

export type NewDocument = (typeof NEW)[keyof typeof NEW];

const NEW = {
  'talking-points': 'newPalette',
  variant: 'newVariant',
  agreement: 'newAgreement',
  'local-clause': 'newLocalClause',
  translation: 'newTranslation',
  calendar: 'newCalendar',
  variations: 'newVariations',
} as const;

/** Of a document that cannot be opened yet: what its record tells. */
export const nameByKind = (kind: string | undefined): NewDocument | 'unknown' =>
  kind !== undefined && Object.hasOwn(NEW, kind) ? NEW[kind as keyof typeof NEW] : 'unknown';

/** Follows the document: it is opened to be named. */
export const documentName = (shelves: Shelves, id: DocumentId): DocumentName => {
  const { talk, agreements, calendars } = shelves;
  const entry = talk.entry(id);
  if (entry?.kind === 'talking-points') return paletteName(talk, id);
  if (entry?.kind === 'agreement') return agreementName(agreements, id);
  if (entry?.kind === 'calendar') return calendarName(calendars, id, null);
  if (entry === undefined || entry.parent === null) return { type: 'unknown' };
  if (entry.kind === 'variant') return variantName(talk, id, entry.parent);
  if (entry.kind === 'local-clause' || entry.kind === 'translation') return partName(agreements, id, entry.parent);
  if (entry.kind === 'variations') return calendarName(calendars, entry.parent, talk.groupName(entry.owner));
  return { type: 'unknown' };
};

const calendarName = (calendars: Calendars | null, id: DocumentId, group: string | null): DocumentName => {
  const look = calendars === null ? OPENING : calendars.calendar(id)?.look;
  if (look === undefined) return { type: 'unknown' };
  if (look.type === 'empty') return { type: group === null ? 'newCalendar' : 'newVariations' };
  const title = look.type === 'ready' || look.type === 'newer' ? look.calendar.title : '';
  return { type: group === null ? 'calendar' : 'variations', calendar: id, title, group: group ?? '' };
};

const OPENING = { type: 'opening' } as const;

const paletteName = (talk: Talk, id: DocumentId): DocumentName => {
  const look = talk.palette(id)?.look;
  if (look?.type === 'empty') return { type: 'newPalette' };
  const view = look?.type === 'ready' ? look.palette : null;
  return { type: 'palette', palette: id, title: view?.title ?? '', language: view?.sourceLanguage ?? 'und' };
};

const agreementName = (agreements: Agreements, id: DocumentId): DocumentName => {
  const agreement = agreements.agreement(id);
  if (agreement?.look.type === 'empty') return { type: 'newAgreement' };
  const view = agreement?.view;
  return { type: 'agreement', agreement: id, title: view?.texts.title ?? '', language: view?.sourceLanguage ?? 'und' };
};

const partName = (agreements: Agreements, id: DocumentId, parent: DocumentId): DocumentName => {
  const agreement = agreements.agreement(parent);
  const entry = agreements.entry(id);
  if (!agreement || !entry) return { type: 'unknown' };
  const of = {
    agreement: parent,
    title: agreement.view?.texts.title ?? '',
    group: agreements.groupName(entry.owner),
  };
  if (entry.kind === 'local-clause') return { type: 'localClause', ...of, language: 'und' };
  const { view } = agreement.translation(id);
  if (view === null || view.type === 'empty') return { type: 'newTranslation' };
  return { type: 'translation', ...of, language: view.translation.language };
};

const variantName = (talk: Talk, id: DocumentId, parent: DocumentId): DocumentName => {
  const palette = talk.palette(parent);
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
  /** everybody who is known to lack something */
  | { readonly type: 'behind' }
  | { readonly type: 'group'; readonly group: GroupId }
  | { readonly type: 'member'; readonly member: MemberId };
