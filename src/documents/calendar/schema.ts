/**
 * The shape of a calendar document.
 *
 * Roots: map `calendar` (schemaVersion, language), text `title`, list `facts` of the calendar as a whole (`leftover`: what
 * files said of themselves); maps `approaches`, `actions` and `rhythms` of parts by
 * id; texts `report/<rhythm>/<occurrence>/<name>`, which nobody makes: any two people who fill in one form share them.
 * An approach (a type of action) has `order`, `shown` and a text `name`; one that a calendar is born with and that nobody
 * renamed has an empty name, and shows in each reader's language.
 * An action has `shown`, a list `facts` (../shape/facts.ts; ./values.ts says which there may be) and its texts: `title` is
 * made with it, any other when somebody begins it, under its name, or under its name and who began it
 * (`goal~<client>`), so that what two people begin apart is kept. A rhythm has `order`, `shown`, `facts` and a text `name`.
 * Other groups' forms of an action are documents of theirs (../variations).
 */
import type * as Y from 'yjs';

/** The approaches that a calendar is born with: their ids are their names. */
export const APPROACHES = [
  'vigil',
  'demonstration',
  'march',
  'petition',
  'fundraiser',
  'teach-in',
  'digital-action',
  'training',
  'exchange-visit',
  'media-moment',
  'meeting',
  'check-in',
  'other',
] as const;

export const ACTION_TEXTS = [
  'title',
  'about',
  'goal',
  'target',
  'demand',
  'riskNote',
  'legalNote',
  'communications',
  'stopConditions',
  'access',
  'happened',
  'lesson',
] as const;

export type ApproachName = (typeof APPROACHES)[number];
export type ActionText = (typeof ACTION_TEXTS)[number];

export const calendarRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('calendar');
export const approachesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('approaches');
export const actionsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('actions');
export const rhythmsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('rhythms');

export const factsOfCalendar = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('facts');

export const MOST_ACTIONS = 20_000;
export const MOST_APPROACHES = 200;
export const MOST_RHYTHMS = 200;
/** of the calendar as a whole */
export const MOST_LEFTOVERS = 100;
