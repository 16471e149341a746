/** What a reader makes of a vector's text. */
import * as v from 'valibot';
import { openRandom } from '../../../src/crypto/index.ts';
import { fromHex, toHex } from '../../../src/lib/bytes.ts';
import { writeAddress } from '../../../src/transports/webrtc/address.ts';
import { readCode } from '../../../src/transports/webrtc/code.ts';

export const vectorSchema = v.object({
  name: v.string(),
  /** of the room, in hex */
  key: v.string(),
  text: v.string(),
  outcome: v.unknown(),
});
export type NearbyVector = v.InferOutput<typeof vectorSchema>;

export const outcomeOf = ({ key, text }: Pick<NearbyVector, 'key' | 'text'>): unknown => {
  const read = readCode(text, (sealed) => openRandom(fromHex(key), sealed));
  if (!read.ok) return { error: read.error.type };
  const { type, peer, minute, description } = read.value;
  const { fingerprint, ufrag, pwd, candidates } = description;
  const written = candidates.map((each) => `${each.type} ${writeAddress(each.address)} ${each.port}`);
  const to = read.value.type === 'answer' ? { to: toHex(read.value.to) } : {};
  return { type, peer, minute, ...to, fingerprint: toHex(fingerprint), ufrag, pwd, candidates: written };
};
