/** `dump`: all that the vault holds of its space, as JSON. */
import type * as Y from 'yjs';
import { readCalendar } from '../../documents/calendar/index.ts';
import { readPalette } from '../../documents/talking-points/index.ts';
import { readVariant, type VariantView } from '../../documents/variant/index.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { DocumentEntry, DocumentId } from '../../log/types.ts';
import type { FullReplica } from '../../sync/replica.ts';
import type { Call } from '../arguments.ts';
import { type Outcome, type Problem, refuse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';

export const dump = ({ options }: Call): Promise<Outcome> =>
  withSpace(options, async ({ replica }) => {
    const { spaceName, groups, members, documents } = replica.membership();
    const variants = await variantsOf(replica);
    if (!variants.ok) return variants;
    const shown: object[] = [];
    for (const entry of documents.values()) {
      if (entry.kind === 'variant') continue;
      const read = await readDocument(replica, entry, variants.value.get(entry.id) ?? []);
      if (!read.ok) return read;
      shown.push(read.value);
    }
    const json = {
      space: spaceName,
      spaceId: replica.spaceId,
      groups: [...groups.values()],
      members: [...members.values()].map(({ id, name, role, group, languages }) => {
        return { id, name, role, group: groups.get(group)?.name ?? '', groupId: group, languages };
      }),
      documents: shown,
    };
    return ok({ json, text: JSON.stringify(json, null, 2) });
  });

interface Variant extends VariantView {
  readonly id: DocumentId;
  readonly group: string;
}

/** All variants by their palette. */
const variantsOf = async (replica: FullReplica): Promise<Result<ReadonlyMap<DocumentId, Variant[]>, Problem>> => {
  const byParent = new Map<DocumentId, Variant[]>();
  const { documents, groups } = replica.membership();
  for (const { id, kind, parent, owner } of documents.values()) {
    if (kind !== 'variant' || parent === null) continue;
    const doc = await replica.openDocument(id);
    if (!doc.ok) return refuse(doc.error);
    const state = readVariant(doc.value);
    if (state.type !== 'ready') continue;
    const variant = { id, group: groups.get(owner)?.name ?? '', ...state.variant };
    byParent.set(parent, [...(byParent.get(parent) ?? []), variant]);
  }
  return ok(byParent);
};

const readDocument = async (
  replica: FullReplica,
  { id, kind }: DocumentEntry,
  variants: readonly Variant[],
): Promise<Result<object, Problem>> => {
  if (kind !== 'talking-points' && kind !== 'calendar') return ok({ id, kind, title: '', points: [] });
  const doc = await replica.openDocument(id);
  if (!doc.ok) return refuse(doc.error);
  if (kind === 'calendar') return ok({ id, kind, ...calendarOf(doc.value) });
  const state = readPalette(doc.value);
  if (state.type !== 'ready') return ok({ id, kind, title: '', points: [], state: state.type });
  const { title, audience, ask, sourceLanguage, points, glossary } = state.palette;
  const woven = points.map((point) => ({ ...point, variants: variants.filter((each) => each.point === point.id) }));
  return ok({ id, kind, title, audience, ask, sourceLanguage, points: woven, glossary });
};

const calendarOf = (doc: Y.Doc): object => {
  const state = readCalendar(doc);
  if (state.type === 'empty') return { title: '', actions: [], state: state.type };
  const { title, language, approaches, actions, rhythms } = state.calendar;
  return {
    ...{ title, language, approaches },
    actions: [...actions.values()].map((action) => ({ ...action, changed: Object.fromEntries(action.changed) })),
    rhythms: rhythms.map(({ passes, swaps, held, reports, ...rhythm }) => ({
      ...rhythm,
      passes: Object.fromEntries(passes),
      swaps: Object.fromEntries(swaps),
      held: Object.fromEntries(held),
      reports: Object.fromEntries(reports),
    })),
  };
};
