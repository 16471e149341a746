import { expect, it } from 'vitest';
import { createContents } from '../../../src/log/bundle-contents.ts';
import { emptyVector } from '../../../src/log/vector.ts';
import { decodePack, ITEM } from '../../../src/log/pack.ts';
import { overBound } from '../../../src/sync/bundle-open.ts';
import { found, paletteOf } from '../../world.ts';
import { type } from './bundle-file.ts';

const counted = async (segments: number, bytes: number) => {
  const { device, spaceId } = (await found()).replica;
  return { device, contents: { ...createContents(spaceId), segments, largest: { device, bytes } } };
};

it('a bundle of too many segments is not read on, whatever anybody says', async () => {
  const { contents } = await counted(200_001, 1);
  expect(overBound(contents, false, 3)).toEqual({ type: 'TooLarge', atPart: 3, device: null });
  expect(overBound(contents, true, 3)).toEqual({ type: 'TooLarge', atPart: 3, device: null });
  expect(overBound((await counted(200_000, 1)).contents, false, 3)).toBeNull();
});

it('more than 50 MB of one device is read on when somebody said yes', async () => {
  const { contents, device } = await counted(1, 50_000_001);
  expect(overBound(contents, false, 3)).toEqual({ type: 'TooLarge', atPart: 3, device });
  expect(overBound(contents, true, 3)).toBeNull();
  expect(overBound((await counted(1, 50_000_000)).contents, false, 3)).toBeNull();
});

it('counts what a device has in a bundle by the bytes of its items', async () => {
  const alice = await found();
  await type(alice, await paletteOf(alice), 'words');
  const contents = createContents(alice.replica.spaceId);
  let bytes = 0;
  let segments = 0;
  for await (const pack of alice.replica.lacking(emptyVector()).packs()) {
    const items = decodePack(pack);
    contents.add(items);
    bytes += items.reduce((sum, item) => sum + item.bytes.length, 0);
    segments += items.filter((item) => item.type === ITEM.segment).length;
  }
  expect(contents.largest).toEqual({ device: alice.replica.device, bytes });
  expect(contents.segments).toBe(segments);
  expect(contents.vector()).toEqual(alice.replica.vector());
});
