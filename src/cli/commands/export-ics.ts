/** `export-ics`: a calendar as a file for other programs, whole or as one group takes part. Only what is public. */
import { readVariations, joinVariations } from '../../documents/variations/index.ts';
import { eventOf, formatCalendarFile, type OwnVersion, ownEventOf } from '../../ics/index.ts';
import { utf8 } from '../../lib/bytes.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { DocumentId } from '../../log/types.ts';
import type { FullReplica } from '../../sync/replica.ts';
import type { Call } from '../arguments.ts';
import { groupOf, openCalendar } from '../calendar.ts';
import { environment } from '../environment.ts';
import { writeWhole } from '../files.ts';
import { type Outcome, type Problem, refuse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';
import { say, words } from '../words.ts';

export const exportIcs = ({ positionals: [path = ''], options }: Call): Promise<Outcome> =>
  withSpace(options, async ({ replica }) => {
    const open = await openCalendar(replica, options.document);
    if (!open.ok) return open;
    const { entry, calendar } = open.value;
    let own: OwnVersion | null = null;
    if (options.group !== undefined) {
      const version = await versionOf(replica, entry.id, options.group);
      if (!version.ok) return version;
      own = version.value;
    }
    const actions = [...calendar.actions.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const events = actions.flatMap((action) => {
      const event = own ? ownEventOf(action, calendar, 'public', own) : eventOf(action, calendar, 'public');
      return event ?? [];
    });
    const { title: name, leftovers } = calendar;
    const text = formatCalendarFile(events, { name, now: environment.now(), leftovers });
    const written = await writeWhole(path, once(utf8(text)));
    if (!written.ok) return written;
    const undated = events.filter(({ when }) => when.type === 'undated').length;
    const values = { events: events.length, undated, left: actions.length - events.length, bytes: written.value };
    return ok({ json: values, text: say(words.done.exportIcs, values) });
  });

/** All that a group has said of its part, in the order of its documents. */
const versionOf = async (
  replica: FullReplica,
  calendar: DocumentId,
  nameOrId: string,
): Promise<Result<OwnVersion, Problem>> => {
  const membership = replica.membership();
  const group = groupOf(membership, nameOrId);
  if (!group) return refuse({ type: 'UnknownGroup' }, { group: nameOrId });
  const parts = [];
  const entries = [...membership.documents.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, kind, parent, owner, writers } of entries) {
    if (kind !== 'variations' || parent !== calendar || owner !== group.id || writers !== 'group') continue;
    const doc = await replica.openDocument(id);
    if (!doc.ok) return refuse(doc.error);
    parts.push(readVariations(doc.value));
  }
  return ok({ group: group.id, variations: joinVariations(parts) });
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
