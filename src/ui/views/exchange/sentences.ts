/** What the exchange says in words: how much, since when, by whom, and what is wrong with a file. */
import { type DocumentName, documentName, memberName, type Shelves, type Whom } from '../../../app/exchange/names.ts';
import type { Refusal } from '../../../app/exchange/opening.svelte.ts';
import type { Talk } from '../../../app/talk/talk.svelte.ts';
import { formatAgo, formatDate, formatList, languageName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { DocumentId, MemberId, Membership } from '../../../log/types.ts';
import { hrefOf } from '../../routes.ts';
import { isolated } from '../../shared/isolated.ts';
import { sinceWhen } from '../../shared/since.ts';

/** "Not yet shared: 12 changes since Tuesday." `since` in minutes; 0: not known. */
export const unsharedSentence = ({ changes, since }: { changes: number; since: number }, now: number): string => {
  if (changes === 0) return t('exchange.unshared.none');
  if (since === 0) return t('exchange.unshared.count', { count: changes });
  return t('exchange.unshared.some', { count: changes, since: sinceWhen(since * 60_000, now) });
};

/** "Last heard of 9 days ago · lacks 214 changes · 3 of them yours" */
export const standingSentence = (
  standing: {
    readonly heard: number | null;
    readonly lacks: number;
    readonly lacksOwn: number;
    readonly isHere: boolean;
  },
  now: number,
): string => {
  const lacks = standing.lacks === 0 ? t('exchange.who.even') : t('exchange.who.lacks', { count: standing.lacks });
  const own = ownSentence(standing);
  return dotted([standing.isHere ? t('exchange.who.here') : heardSentence(standing.heard, now), lacks, own]);
};

const ownSentence = ({ lacks, lacksOwn: count }: { readonly lacks: number; readonly lacksOwn: number }): string => {
  if (count === 0) return '';
  return count === lacks ? t('exchange.who.lacksAllOwn', { count }) : t('exchange.who.lacksOwn', { count });
};

const heardSentence = (heard: number | null, now: number): string => {
  if (heard === null) return t('exchange.who.never');
  if (now - heard < 2 * MINUTE_MS) return t('exchange.who.heardNow');
  return t('exchange.who.heard', { when: formatAgo(heard, now) });
};

const MINUTE_MS = 60_000;

/** "214 changes by 5 people in 3 documents" */
export const contentsSentence = (contents: {
  readonly changes: number;
  readonly people: number;
  readonly documents: number;
}): string => t('exchange.contents', { ...contents });

/** What a bundle would hold, or holds. */
export const holdsSentence = (inside: Parameters<typeof contentsSentence>[0]): string =>
  inside.changes === 0 ? t('exchange.make.nothing') : t('exchange.make.holds', { contents: contentsSentence(inside) });

export const whomSentence = (whom: Whom, membership: Membership): string => {
  if (whom.type === 'everyone') return t('exchange.make.everyone');
  if (whom.type === 'behind') return t('exchange.make.behind');
  const name =
    whom.type === 'group' ? membership.groups.get(whom.group)?.name : membership.members.get(whom.member)?.name;
  return name ?? t('exchange.somebody');
};

/** A person's name in a sentence, also where their record is not here. */
export const nameOr = (talk: Talk, id: MemberId | null): string => memberName(talk, id) || t('exchange.somebody');

export const namesOf = (ids: readonly MemberId[], membership: Membership): string =>
  formatList(ids.map((id) => membership.members.get(id)?.name ?? t('exchange.somebody')));

/** What a document is called, and where it opens; no address where it is not here. */
export const documentTitle = (
  shelves: Shelves,
  id: DocumentId,
): { readonly title: string; readonly href: string | undefined } => {
  const name = documentName(shelves, id);
  return { title: titleOf(name), href: addressOf(name) };
};

const titleOf = (name: DocumentName): string => {
  switch (name.type) {
    case 'palette':
      return name.title || t('exchange.document.untitled');
    case 'agreement':
      return name.title || t('exchange.document.untitledAgreement');
    case 'calendar':
      return name.title || t('common.place.calendar');
    case 'variations':
      return t('exchange.document.variations', {
        title: isolated(name.title || t('common.place.calendar')),
        group: isolated(name.group),
      });
    case 'variant': {
      const language = languageName(name.language);
      return name.message === '' ? language : t('exchange.document.variant', { language, text: excerpt(name.message) });
    }
    case 'localClause':
    case 'translation': {
      const title = isolated(name.title || t('exchange.document.untitledAgreement'));
      return name.type === 'translation'
        ? t('exchange.document.translation', { title, language: languageName(name.language) })
        : t('exchange.document.localClause', { title, group: isolated(name.group) });
    }
    default:
      return t(`exchange.document.${name.type}`);
  }
};

const addressOf = (name: DocumentName): string | undefined => {
  switch (name.type) {
    case 'palette':
      return hrefOf('palette', { palette: name.palette });
    case 'variant':
      return hrefOf('variant', { palette: name.palette, point: name.point, variant: name.variant });
    case 'agreement':
    case 'localClause':
      return hrefOf('agreement', { agreement: name.agreement });
    case 'calendar':
    case 'variations':
      return hrefOf('calendarView', { calendar: name.calendar });
    case 'translation':
      return hrefOf('agreementLanguage', { agreement: name.agreement, language: name.language });
    default:
      return undefined;
  }
};

/** The start of a longer text, whole letters and as a rule whole words. */
export const excerpt = (text: string, most = 90): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...new Intl.Segmenter().segment(line)];
  const next = letters[most];
  if (!next) return line;
  const cut = line.slice(0, next.index);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > cut.length / 2 ? space : cut.length)}…`;
};

/** Each thing that can be wrong with a file has a sentence of its own. */
export const refusalSentence = (why: Refusal): string => {
  if (why.type === 'storage') return t('exchange.refused.storage');
  return why.type === 'otherwise' ? t(`exchange.refused.is.${why.is}`) : t(`exchange.refused.${why.error.type}`);
};

/** For a progress: "35 of 49 changes", once it is known how many there are. */
export const countedOf = ({ done, total }: { readonly done: number; readonly total: number }) =>
  total === 0 ? { done } : { done, total, counts: t('exchange.open.counted', { done, total }) };

export const dotted = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

/** Days since 1970, as bundles have them. */
export const daySentence = (day: number): string => formatDate(day * DAY_MS, { dateStyle: 'long', timeZone: 'UTC' });

const DAY_MS = 86_400_000;
