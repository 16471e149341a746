/** Reading cards in one language, and the leaflet in one or two: what may be said today, in its canonical form. */
import { canonicalText } from '../../lib/canonical-text.ts';
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import { weave } from './cloth.ts';
import type { CellVariant, VariantEntry } from './cloth.ts';
import type { PaletteView, PointView, ProofView, Value } from './read.ts';

export interface Card<Id extends string = string> {
  readonly point: PointView;
  readonly value: Value;
  /** what to say; canonical, so it is what was approved where `approved` says so */
  readonly text: string;
  readonly language: string;
  readonly direction: Direction;
  readonly state: 'holds' | 'stale' | 'draft';
  readonly approved: boolean;
  /** null: the message itself, in the source's language */
  readonly variant: CellVariant<Id> | null;
  /** only those that may be used */
  readonly proofs: readonly ProofView[];
}

export interface HeldBack {
  readonly point: PointView;
  /** 'missing': nothing in this language */
  readonly reason: 'withdrawn' | 'embargoed' | 'expired' | 'missing';
}

export interface Cards<Id extends string = string> {
  readonly cards: readonly Card<Id>[];
  /** the points without a card, and why, so that nothing is left out in silence */
  readonly heldBack: readonly HeldBack[];
}

export interface CardOptions<Id extends string = string> {
  /** now, in minutes since 1970: decides on embargoes, and on expiry by its UTC day */
  readonly minute: number;
  readonly approved?: ReadonlySet<Id>;
}

export const cards = <Id extends string>(
  palette: PaletteView,
  variants: readonly VariantEntry<Id>[],
  language: string,
  options: CardOptions<Id>,
): Cards<Id> => {
  const tag = parseLanguage(language) ?? 'und';
  const cloth = weave(palette, variants, { own: [tag], ...(options.approved ? { approved: options.approved } : {}) });
  const at = cloth.columns.findIndex((column) => column.language === tag);
  const made: Card<Id>[] = [];
  const heldBack: HeldBack[] = [];
  for (const { point, cells } of cloth.rows) {
    const reason = whyHeldBack(point, options.minute);
    const cell = cells[at];
    const card = cell === undefined ? null : createCard(palette, point, tag, cell.state, cell.variants);
    if (reason !== null) heldBack.push({ point, reason });
    else if (card === null) heldBack.push({ point, reason: 'missing' });
    else made.push(card);
  }
  return { cards: made, heldBack };
};

export interface Leaflet<Id extends string = string> {
  readonly title: string;
  readonly ask: string;
  readonly sourceLanguage: string;
  readonly columns: readonly { readonly language: string; readonly direction: Direction }[];
  /** a card or a gap for each column; a point without any card has no row */
  readonly rows: readonly { readonly point: PointView; readonly cards: readonly (Card<Id> | null)[] }[];
}

/** One language, or two side by side. */
export const leaflet = <Id extends string>(
  palette: PaletteView,
  variants: readonly VariantEntry<Id>[],
  languages: readonly [string] | readonly [string, string],
  options: CardOptions<Id>,
): Leaflet<Id> => {
  const columns = languages.map((language) => {
    const tag = parseLanguage(language) ?? 'und';
    return { language: tag, direction: direction(tag), found: cards(palette, variants, tag, options).cards };
  });
  return {
    title: canonicalText(palette.title),
    ask: canonicalText(palette.ask),
    sourceLanguage: palette.sourceLanguage,
    columns: columns.map(({ language, direction: way }) => ({ language, direction: way })),
    rows: palette.points
      .map((point) => ({
        point,
        cards: columns.map(({ found }) => found.find((card) => card.point.id === point.id) ?? null),
      }))
      .filter((row) => row.cards.some((card) => card !== null)),
  };
};

/** Words of the reader's own language, for the text that is passed on. */
export interface CardLabels {
  readonly why: string;
  readonly proof: string;
  readonly question: string;
  readonly answer: string;
  readonly say: string;
  readonly dontSay: string;
  readonly states: Readonly<Record<Card['state'], string>>;
}

/** The cards as plain text. What backs a point up is in the source's language, so only its own cards carry it. */
export const cardsAsText = (palette: PaletteView, found: readonly Card[], labels: CardLabels): string =>
  [canonicalText(palette.title), ...found.map((card) => cardAsText(card, labels))]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');

const cardAsText = (card: Card, labels: CardLabels): string => {
  const { point } = card;
  const lines = [card.state === 'holds' ? card.text : `${card.text}\n(${labels.states[card.state]})`];
  const add = (label: string, text: string): void => {
    const shown = canonicalText(text);
    if (shown !== '') lines.push(`${label}: ${shown}`);
  };
  if (card.variant === null) {
    add(labels.why, point.why);
    for (const { claim, source, date } of card.proofs)
      add(
        labels.proof,
        [claim, [source, date ?? ''].filter((part) => part !== '').join(', ')]
          .filter((part) => part !== '')
          .join(' – '),
      );
    add(labels.question, point.question);
    add(labels.answer, point.answer);
    add(labels.say, point.say.join(' · '));
    add(labels.dontSay, point.dontSay.join(' · '));
  }
  return lines.join('\n');
};

const createCard = <Id extends string>(
  palette: PaletteView,
  point: PointView,
  language: string,
  state: string,
  variants: readonly CellVariant<Id>[],
): Card<Id> | null => {
  const common = {
    point,
    value: point.value,
    language,
    direction: direction(language),
    proofs: point.proofs.filter((proof) => proof.permission !== 'refused'),
  };
  if (language === palette.sourceLanguage) {
    const text = canonicalText(point.message);
    return text === ''
      ? null
      : { ...common, text, state: state === 'holds' ? 'holds' : 'draft', approved: false, variant: null };
  }
  for (const variant of variants) {
    const text = canonicalText(variant.view.text);
    if (variant.state === 'withdrawn' || text === '') continue;
    return { ...common, text, state: variant.state, approved: variant.approved, variant };
  }
  return null;
};

const whyHeldBack = (point: PointView, minute: number): HeldBack['reason'] | null => {
  const { status, expiry } = point;
  if (status.type === 'withdrawn') return 'withdrawn';
  if (status.type === 'embargoed' && (status.until === null || minute < status.until)) return 'embargoed';
  if (expiry !== null && expiry < new Date(minute * 60_000).toISOString().slice(0, 10)) return 'expired';
  return null;
};
