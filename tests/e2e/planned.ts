/** A calendar that somebody filled on a device of their own, as a folder: actions, and how their group takes part. */
import { environment } from '../../src/cli/environment.ts';
import { createVerifier, prepareHash, stretch } from '../../src/crypto/index.ts';
import {
  addActions,
  createActionId,
  createCalendar,
  readCalendar,
  type ActionId,
  type Changed,
  type NewAction,
} from '../../src/documents/calendar/index.ts';
import { changeVariation, createVariations } from '../../src/documents/variations/index.ts';
import type { Result } from '../../src/lib/result.ts';
import type { DocumentId, GroupId } from '../../src/log/types.ts';
import { LOCAL } from '../../src/sync/replica-types.ts';
import { openFolderStorage } from '../../src/storage/folder.ts';
import { openReplica } from '../../src/sync/replica.ts';
import { readVault } from '../../src/sync/vault.ts';
import { createDice, value } from '../world.ts';

export type Planned = Omit<NewAction, 'id'> & {
  /** how the group of this device takes part; nothing: it has not said */
  readonly own?: Parameters<typeof changeVariation>[3];
};

const done = (changed: Changed): void => {
  value(changed as Result<unknown, unknown>);
};

/** The calendar's id, and the ids of its actions in their order. `groups`: of the space, to be named as hosts. */
export const planIn = async (
  vault: string,
  title: string,
  plan: (groups: ReadonlyMap<string, GroupId>) => readonly Planned[],
): Promise<{ readonly calendar: DocumentId; readonly actions: readonly ActionId[] }> => {
  await prepareHash();
  const storage = value(await openFolderStorage(vault));
  const [space] = value(await readVault(storage, null, stretch)).spaces;
  if (space === undefined) throw new Error('no space');
  const verifier = createVerifier(environment.subtle);
  const replica = value(await openReplica(storage, space.identity, verifier, environment));
  const me = replica.me();
  if (me === null) throw new Error('nobody');
  const { random } = createDice(1);
  const groups = new Map([...replica.membership().groups.values()].map(({ id, name }) => [name, id]));
  const planned = plan(groups).map((each) => ({ ...each, id: createActionId(random(16)) }));
  const calendar = value(
    await replica.createDocument({ kind: 'calendar', owner: me.group, parent: null, writers: 'members' }),
  );
  const doc = value(await replica.openDocument(calendar));
  done(createCalendar(doc, LOCAL, { title, language: 'en' }));
  done(addActions(doc, LOCAL, planned, Math.floor(Date.now() / 60_000)));
  const variations = value(
    await replica.createDocument({ kind: 'variations', owner: me.group, parent: calendar, writers: 'group' }),
  );
  const own = value(await replica.openDocument(variations));
  done(createVariations(own, LOCAL));
  const state = readCalendar(doc);
  for (const { id, own: fields } of planned)
    if (fields !== undefined && state.type === 'ready')
      done(changeVariation([own], LOCAL, id, fields, state.calendar.actions.get(id) ?? null));
  value(await replica.flush());
  await replica.close();
  await storage.close();
  return { calendar, actions: planned.map(({ id }) => id) };
};
