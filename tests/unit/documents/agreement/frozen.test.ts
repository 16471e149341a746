import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { joinText, splitText } from '../../../../src/documents/agreement/frozen.ts';
import type {
  DeviceId,
  GroupId,
  MemberId,
  Said,
  TextPiece,
  WordId,
} from '../../../../src/documents/agreement/words.ts';
import { createWordValue } from '../../../../src/documents/agreement/words.ts';
import { equalBytes, toHex } from '../../../../src/lib/bytes.ts';
import { value } from '../../../world.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

/** Bytes that do not shrink, the same each time. */
const noise = (length: number): Uint8Array => {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
};

const said = (pieces: readonly TextPiece[], device = 'd1', from = 1): readonly Said<TextPiece>[] =>
  pieces.map((word, index) => ({
    id: `${device}${index}` as WordId,
    member: 'm' as MemberId,
    group: 'g' as GroupId,
    role: 'member',
    device: device as DeviceId,
    number: from + index,
    minute: 0,
    word,
  }));

const TEXT = noise(50_000);
const NAME = toHex(sha256(TEXT));
const PIECES = value(splitText(TEXT, sha256));

describe('a frozen text', () => {
  it('comes back from its pieces in any order', () => {
    expect(PIECES.length).toBe(4);
    for (const piece of PIECES) value(createWordValue(piece));
    expect(value(joinText(NAME, said(PIECES).toReversed(), sha256))).toEqual(TEXT);
  });

  it.each([0, 1, 2_000_000])('of %d bytes fits', (length) => {
    const text = noise(length);
    const pieces = value(splitText(text, sha256));
    expect(equalBytes(value(joinText(toHex(sha256(text)), said(pieces), sha256)), text)).toBe(true);
  });

  it('over 2 MB is refused, with how much is too much', () => {
    expect(splitText(new Uint8Array(2_000_007), sha256)).toEqual({ ok: false, error: { type: 'TooLong', over: 7 } });
  });

  it('is incomplete while pieces are missing, and says how many are here', () => {
    expect(joinText(NAME, said(PIECES.slice(1)), sha256)).toEqual({
      ok: false,
      error: { type: 'Incomplete', have: 3, parts: 4 },
    });
    expect(joinText(NAME, [], sha256)).toEqual({ ok: false, error: { type: 'Incomplete', have: 0, parts: 0 } });
  });

  it('is not spoilt by what others put under its hash', () => {
    const forged = PIECES.map((piece) => ({ ...piece, bytes: noise(100) }));
    const other = value(splitText(noise(100), sha256)).map((piece) => ({ ...piece, hash: NAME }));
    const words = [...said(forged, 'd0'), ...said(other, 'd2'), ...said(PIECES, 'd1'), ...said(forged, 'd1', 9)];
    expect(value(joinText(NAME, words, sha256))).toEqual(TEXT);
  });

  it('is refused where the pieces make another text, or none', () => {
    const other = value(splitText(noise(100), sha256)).map((piece) => ({ ...piece, hash: NAME }));
    expect(joinText(NAME, said(other), sha256)).toEqual({ ok: false, error: { type: 'NotThatText' } });
    const longer = PIECES.map((piece) => ({ ...piece, size: TEXT.length - 1 }));
    expect(joinText(NAME, said(longer), sha256)).toEqual({ ok: false, error: { type: 'NotThatText' } });
  });
});
