/** `replay`: adds a point and types a recorded session into its core message, through the log as it is in life. */
import type * as Y from 'yjs';
import { addPoint, createPointId, readPalette, textOf } from '../../documents/talking-points/index.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { DocumentId } from '../../log/types.ts';
import type { FullReplica } from '../../sync/replica.ts';
import { LOCAL, type ReplicaError } from '../../sync/replica-types.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { readWhole } from '../files.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { parseTrace, type Trace } from '../trace.ts';
import { withSpace } from '../vault-folder.ts';
import { say, words } from '../words.ts';

/** As many edits as somebody types in the time that one entry gathers. */
const EDITS_AN_ENTRY = 5;

export const replay = async ({ positionals: [file = ''], options }: Call): Promise<Outcome> => {
  const bytes = await readWhole(file);
  if (!bytes.ok) return bytes;
  const trace = parseTrace(bytes.value);
  if (!trace.ok) return refuse(trace.error);
  return withSpace(options, async ({ replica, finish }) => {
    const entry = [...replica.membership().documents.values()].find(({ id }) => id === options.document);
    if (!entry) return refuse({ type: 'UnknownDocument' });
    const doc = await replica.openDocument(entry.id);
    if (!doc.ok) return refuse(doc.error);
    if (entry.kind !== 'talking-points' || readPalette(doc.value).type !== 'ready') {
      return refuse({ type: 'NotTalkingPoints' });
    }
    if (!replica.mayWrite(entry.id)) return refuse({ type: 'NotAllowed' });
    const point = createPointId(environment.random(16));
    const added = addPoint(doc.value, LOCAL, { id: point, texts: { message: trace.value.start } });
    const text = textOf(doc.value, { point, field: 'message' });
    if (!added.ok || text === null) throw new Error('a new point without its text');
    const typed = await typeInto(replica, doc.value, text, trace.value);
    if (!typed.ok) return refuse(typed.error);
    if (text.toJSON() !== trace.value.end) throw new Error('the text came out another than recorded');
    await finish();
    return ok(report(entry.id, point, trace.value));
  });
};

const typeInto = async (
  replica: FullReplica,
  doc: Y.Doc,
  text: Y.Text,
  { transactions }: Trace,
): Promise<Result<null, ReplicaError>> => {
  for (const [index, patches] of transactions.entries()) {
    doc.transact(() => {
      for (const [position, deleted, inserted] of patches) {
        if (deleted > 0) text.delete(position, deleted);
        if (inserted !== '') text.insert(position, inserted);
      }
    }, LOCAL);
    if (index % EDITS_AN_ENTRY !== EDITS_AN_ENTRY - 1) continue;
    const flushed = await replica.flush();
    if (!flushed.ok) return flushed;
  }
  return replica.flush();
};

const report = (document: DocumentId, point: string, { transactions, end }: Trace) => {
  const values = { transactions: transactions.length, characters: end.length };
  return { json: { document, point, ...values }, text: say(words.done.replay, values) };
};
