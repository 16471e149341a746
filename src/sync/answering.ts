/** Gives a peer what it asks for: one question at a time, at its own pace, and one more may wait. */
import { Reader } from '../lib/bytes.ts';
import { readVector } from '../log/vector.ts';
import type { FullReplica } from './full-replica.ts';
import { knownToAsker } from './serve.ts';
import type { Side, Sides } from './side.ts';
import { MESSAGE } from './wire.ts';

/** Resolves when the question is answered, and what waited behind it. Rejects with a BytesError. */
export const createAnswering = (
  replica: FullReplica,
  sides: Sides,
  changed: () => void,
): ((side: Side, body: Uint8Array) => Promise<void>) => {
  const want = async (side: Side, body: Uint8Array): Promise<void> => {
    if (side.isSending) {
      if (side.nextWant) return sides.drop(side, 'Malformed');
      side.nextWant = body.slice();
      return;
    }
    await serve(side, body);
    const next = side.nextWant;
    side.nextWant = null;
    if (next && sides.has(side)) await want(side, next);
  };
  const serve = async (side: Side, body: Uint8Array): Promise<void> => {
    const from = new Reader(body);
    const wanted = readVector(from);
    const base = readVector(from);
    from.done();
    side.isSending = true;
    changed();
    for await (const pack of replica.lacking(knownToAsker(replica.vector(), wanted, base)).packs()) {
      if (!sides.has(side)) return;
      sides.send(side, MESSAGE.pack, pack);
      await side.link.drained();
    }
    sides.send(side, MESSAGE.done, new Uint8Array(0));
    side.isSending = false;
    changed();
  };

  return want;
};
