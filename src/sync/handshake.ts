/** Greeting and hello: both sides come to one key for this link, and each proves which device it is. */
import { concat, equalBytes, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { LABEL } from '../log/labels.ts';
import type { DeviceId } from '../log/types.ts';
import { type Digests, digestsOf, readDigests, writeDigests } from './digests.ts';
import type { FullReplica } from './full-replica.ts';
import type { Side, Sides } from './side.ts';
import { createWire, decodeGreeting, MESSAGE } from './wire.ts';

export interface Handshake {
  /** The first message of a link, in clear. */
  greet(side: Side, bytes: Uint8Array): Promise<void>;
  /** What the other holds, where its hello is good; null: it was dropped. Throws BytesError. */
  takeHello(side: Side, body: Uint8Array): Promise<Digests | null>;
}

export const createHandshake = (replica: FullReplica, sides: Sides): Handshake => {
  const helloMessage = (mine: Uint8Array, theirs: Uint8Array, device: DeviceId, binding: Uint8Array): Uint8Array =>
    concat(LABEL.hello, fromHex(replica.spaceId), mine, theirs, binding, fromHex(device));

  const sayHello = async (side: Side): Promise<void> => {
    const message = helloMessage(side.nonce, side.theirNonce as Uint8Array, replica.device, side.link.binding);
    const to = new Writer().bytes(fromHex(replica.device)).bytes(await replica.signer.sign(message));
    const mine = replica.vector();
    const sums = digestsOf(mine, replica.tips());
    writeDigests(to, sums);
    side.told = mine;
    for (const [of, sum] of sums) side.toldSums.set(of, sum);
    sides.send(side, MESSAGE.hello, to.finish());
  };

  return {
    greet: async (side, bytes) => {
      const greeting = decodeGreeting(bytes);
      const epoch = greeting && replica.identity.epochs.find((each) => equalBytes(each.id, greeting.epoch));
      if (!greeting || !epoch) return sides.drop(side, 'refused');
      side.theirNonce = greeting.nonce;
      side.wire = createWire(epoch, side.nonce, greeting.nonce, side.link.binding);
      if (!side.wire) return sides.drop(side, 'refused');
      await sayHello(side);
    },
    takeHello: async (side, body) => {
      const from = new Reader(body);
      const device = toHex(from.bytes(32)) as DeviceId;
      const signature = from.bytes(64);
      const digests = readDigests(from);
      from.done();
      const message = helloMessage(side.theirNonce as Uint8Array, side.nonce, device, side.link.binding);
      const isProven = await replica.verifier.verify(fromHex(device), message, signature);
      if (!isProven || side.device !== null) {
        sides.drop(side, 'refused');
        return null;
      }
      side.device = device;
      return digests;
    },
  };
};
