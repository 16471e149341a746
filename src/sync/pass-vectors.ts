/**
 * Signed vectors over links: both say which ones they hold, and each gives the other what is newer. What comes anew goes
 * on to the rest, a few seconds' worth together; a device says something new of itself only when it is quiet, and not
 * often. So a third device learns what two have who never meet it, and rooms of many hear little of this.
 */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import type { DeviceId } from '../log/types.ts';
import type { FullReplica } from './full-replica.ts';
import type { Numbers } from './held-vectors.ts';
import type { Side, Sides } from './side.ts';
import { MESSAGE } from './wire.ts';

export interface PassVectors {
  /** The other side has said who it is. */
  greet(side: Side): void;
  /** Which ones the other side holds. Throws BytesError. */
  takeNumbers(side: Side, body: Uint8Array): void;
  /** Throws BytesError. */
  takeVectors(side: Side, body: Uint8Array): Promise<void>;
  /** Nothing has come for a while: what this device has may be said. */
  quiet(): void;
}

interface Around {
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => void;
  readonly inBackground: (work: Promise<unknown>) => void;
}

/** Bytes of one message. */
const MOST = 60_000;
/** Milliseconds between two words of this device about itself; and those for which what comes is gathered. */
const OWN_EVERY = 60_000;
const GATHER = 3000;

export const createPassVectors = (replica: FullReplica, sides: Sides, around: Around): PassVectors => {
  const { signedVectors } = replica;
  /** what each side is known to hold; none before it said so */
  const held = new WeakMap<Side, Map<DeviceId, number>>();
  let lastOwn = -Infinity;
  let isOwnPlanned = false;
  let isPassPlanned = false;

  const note = (side: Side, numbers: Numbers): void => {
    const known = held.get(side) ?? new Map<DeviceId, number>();
    for (const [device, number] of numbers) known.set(device, Math.max(number, known.get(device) ?? 0));
    held.set(side, known);
  };
  const give = (side: Side): void => {
    const known = held.get(side);
    const bytes = known && signedVectors.beyond(known, MOST);
    if (!bytes) return;
    // what did not fit is given no more on this link: newer ones will come
    note(side, signedVectors.numbers());
    sides.send(side, MESSAGE.vectors, bytes);
  };
  const passSoon = (): void => {
    if (isPassPlanned) return;
    isPassPlanned = true;
    around.after(GATHER, () => {
      isPassPlanned = false;
      for (const side of sides.all()) give(side);
    });
  };
  const sayOwn = async (): Promise<void> => {
    isOwnPlanned = false;
    lastOwn = around.now();
    await replica.signVector();
    passSoon();
  };
  const quiet = (): void => {
    if (isOwnPlanned) return;
    isOwnPlanned = true;
    const wait = Math.max(0, lastOwn + OWN_EVERY - around.now());
    if (wait === 0) around.inBackground(sayOwn());
    else around.after(wait, () => around.inBackground(sayOwn()));
  };

  return {
    greet: (side) => {
      const numbers = signedVectors.numbers();
      const to = new Writer().varuint(numbers.size);
      for (const [device, number] of numbers) to.bytes(fromHex(device)).varuint(number);
      sides.send(side, MESSAGE.numbers, to.finish());
    },
    takeNumbers: (side, body) => {
      const from = new Reader(body);
      const count = from.varuint();
      if (count > from.left / 33) throw new BytesError('unexpected end');
      const { memberByDevice } = replica.membership();
      const numbers = new Map<DeviceId, number>();
      for (let left = count; left > 0; left--) {
        const device = toHex(from.bytes(32)) as DeviceId;
        const number = from.varuint();
        if (memberByDevice.has(device)) numbers.set(device, number);
      }
      from.done();
      note(side, numbers);
      give(side);
    },
    takeVectors: async (side, body) => {
      const { inside, isGenuine, isNews } = await signedVectors.take(body);
      if (!isGenuine) return sides.drop(side, 'Malformed');
      const { memberByDevice } = replica.membership();
      note(side, new Map([...inside].filter(([device]) => memberByDevice.has(device))));
      if (isNews) passSoon();
    },
    quiet,
  };
};
