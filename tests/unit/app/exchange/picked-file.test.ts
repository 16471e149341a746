import { expect, test } from 'vitest';
import { createJar } from '../../../../src/app/exchange/jar.ts';
import { createSource, lookAt } from '../../../../src/app/exchange/picked-file.ts';
import { encodeInvite, toText } from '../../../../src/log/invite.ts';
import { openInvites } from '../../../../src/sync/invites.ts';
import { bundleOf } from '../../sync/bundle-file.ts';
import { createDice, found, value } from '../../../world.ts';

test('knows what is plainly no bundle by its first bytes', async () => {
  const starts = { picture: [0xff, 0xd8, 0xff], document: [0x25, 0x50, 0x44, 0x46, 0x2d], archive: [0x50, 0x4b, 3, 4] };
  for (const [is, bytes] of Object.entries(starts)) {
    expect(await lookAt(new Blob([Uint8Array.from(bytes), 'and more']))).toBe(is);
  }
  expect(await lookAt(new Blob([]))).toBe('empty');
});

test('knows an invite, whatever stands round it', async () => {
  const alice = await found();
  const invites = value(await openInvites(alice.storage, alice.replica, alice.environment));
  const open = value(await invites.create({ role: 'member', until: 0, isDoor: false, hubs: [] }));
  const text = toText('invite', encodeInvite(invites.inviteOf(open)));
  expect(await lookAt(new Blob([`Join us: https://example.org/#/join/${text}\n`]))).toBe('invite');
});

test('says nothing of a bundle', async () => {
  const bytes = await bundleOf(await found());
  expect(await lookAt(new Blob([bytes.slice()]))).toBeNull();
});

test('reads by slices and tells how far it has come', async () => {
  const bytes = createDice(1).random(1000);
  const seen: number[] = [];
  const source = createSource(new Blob([bytes.slice()]), (done, total) => seen.push(done / total));
  expect(await source.read(100, 50)).toEqual(bytes.slice(100, 150));
  expect((await source.read(990, 50)).length).toBe(10);
  expect(seen).toEqual([0.15, 1]);
});

test('a file that can no longer be read ends there', async () => {
  const gone = new Blob([new Uint8Array(10)]);
  gone.slice = () => {
    throw new DOMException('the stick was pulled out', 'NotReadableError');
  };
  expect(await createSource(gone, () => undefined).read(0, 10)).toEqual(new Uint8Array(0));
});

test('a jar gives back every byte, also when the giver uses its buffer again', async () => {
  const jar = createJar();
  const buffer = new Uint8Array(3_000_000);
  for (let turn = 1; turn <= 3; turn++) jar.add(buffer.fill(turn));
  expect(jar.size).toBe(9_000_000);
  const bytes = new Uint8Array(await jar.close().arrayBuffer());
  expect([bytes.length, bytes[0], bytes[3_000_000], bytes[8_999_999]]).toEqual([9_000_000, 1, 2, 3]);
});
