/** What the dialog for connecting nearby shows, whichever code is read first and whatever becomes of it. */
import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { Nearby } from '../../../../src/app/exchange/nearby.svelte.ts';
import type { Live } from '../../../../src/app/live-types.ts';
import { err, ok } from '../../../../src/lib/result.ts';
import type { NearbyCall, NearbyError, NearbyOutcome } from '../../../../src/sync/nearby.ts';

const atOnce = (_milliseconds: number, run: () => void) => {
  queueMicrotask(run);
  return () => undefined;
};

const createCall = (type: NearbyCall['type'], code: string) => {
  let settle = (_outcome: NearbyOutcome): void => undefined;
  const outcome = new Promise<NearbyOutcome>((resolve) => (settle = resolve));
  const stopped: boolean[] = [];
  const call: NearbyCall = {
    type,
    code,
    age: 0,
    outcome,
    stop: () => {
      stopped.push(true);
      settle({ type: 'stopped' });
    },
  };
  return { call, stopped, settle: (result: NearbyOutcome) => settle(result) };
};

const nobody: Live = { state: { type: 'off' }, peers: [], dropped: [], nearby: () => Promise.resolve(null) };

/** A room in which texts read as they are told to. */
const createRoom = (reads: Readonly<Record<string, NearbyCall | NearbyError['type']>>, offer?: NearbyCall) => {
  const live: Live = {
    state: { type: 'off' },
    peers: [],
    dropped: [],
    nearby: () =>
      Promise.resolve({
        offer: () => Promise.resolve(offer ? ok(offer) : err({ type: 'NoAddress' } as const)),
        read: (text: string) => {
          const found = reads[text] ?? 'NotACode';
          return Promise.resolve(typeof found === 'string' ? err({ type: found }) : ok(found));
        },
      }),
  };
  return new Nearby(() => live, atOnce);
};

const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  flushSync();
};

it('shows a code, reads the answer, and is connected', async () => {
  const offer = createCall('offer', 'WEFT1N.A');
  const nearby = createRoom({ answer: offer.call }, offer.call);
  await nearby.show();
  expect(nearby.state).toEqual({ type: 'showing', step: 'offer', code: 'WEFT1N.A', age: 0 });
  expect(await nearby.read('answer')).toBeUndefined();
  expect(nearby.state).toEqual({ type: 'connecting' });
  offer.settle({ type: 'connected', link: 'l1' });
  await settled();
  expect(nearby.state).toEqual({ type: 'connected', link: 'l1' });
});

it('reads a code and shows the answer; a wrong one changes nothing of it', async () => {
  const answer = createCall('answer', 'WEFT1N.B');
  const nearby = createRoom({ offer: answer.call, old: 'Stale', strange: 'Foreign' });
  expect(await nearby.read('offer')).toBeUndefined();
  expect(nearby.state).toMatchObject({ type: 'showing', step: 'answer' });
  for (const [text, why] of [
    ['old', 'Stale'],
    ['strange', 'Foreign'],
    ['', 'NotACode'],
  ] as const)
    expect(await nearby.read(text)).toBe(why);
  expect(nearby.state).toMatchObject({ type: 'showing', step: 'answer' });
  answer.settle({ type: 'unread' });
  await settled();
  expect(nearby.state).toEqual({ type: 'failed', why: 'unread' });
});

it('where both show a code first, either may connect, and the other is ended', async () => {
  const [offer, answer] = [createCall('offer', 'WEFT1N.A'), createCall('answer', 'WEFT1N.B')];
  const nearby = createRoom({ theirs: answer.call }, offer.call);
  await nearby.show();
  await nearby.read('theirs');
  offer.settle({ type: 'connected', link: 'l1' });
  await settled();
  expect(nearby.state).toEqual({ type: 'connected', link: 'l1' });
  expect([offer.stopped, answer.stopped]).toEqual([[], [true]]);
});

it('one of two codes that comes to nothing is no failure while the other waits', async () => {
  const [offer, answer] = [createCall('offer', 'WEFT1N.A'), createCall('answer', 'WEFT1N.B')];
  const nearby = createRoom({ theirs: answer.call }, offer.call);
  await nearby.show();
  await nearby.read('theirs');
  offer.settle({ type: 'unread' });
  await settled();
  expect(nearby.state).toMatchObject({ type: 'showing', step: 'answer' });
  answer.settle({ type: 'noWay' });
  await settled();
  expect(nearby.state).toEqual({ type: 'failed', why: 'noWay' });
});

it('says why nothing can be shown: no address, another tab, no connections at all', async () => {
  const withoutAddress = createRoom({});
  await withoutAddress.show();
  expect(withoutAddress.state).toEqual({ type: 'failed', why: 'NoAddress' });
  const elsewhere = new Nearby(() => ({ ...nobody, state: { type: 'otherTab' } }), atOnce);
  await elsewhere.show();
  expect(elsewhere.state).toEqual({ type: 'failed', why: 'otherTab' });
  const without = new Nearby(() => null, atOnce);
  await without.read('offer');
  expect(without.state).toEqual({ type: 'failed', why: 'Unavailable' });
});

it('a code that another one takes the place of is no failure', async () => {
  const offer = createCall('offer', 'WEFT1N.A');
  const nearby = createRoom({}, offer.call);
  await nearby.show();
  offer.settle({ type: 'stopped' });
  await settled();
  expect(nearby.state).toMatchObject({ type: 'showing', step: 'offer' });
});

it('waits a moment for connections that are only just being made', async () => {
  const offer = createCall('offer', 'WEFT1N.A');
  let looks = 0;
  const live: Live = {
    ...nobody,
    nearby: () =>
      Promise.resolve({ offer: () => Promise.resolve(ok(offer.call)), read: () => Promise.resolve(ok(offer.call)) }),
  };
  const nearby = new Nearby(() => (++looks < 3 ? null : live), atOnce);
  await nearby.show();
  expect(nearby.state).toMatchObject({ type: 'showing', step: 'offer' });
});

it('starting over ends what waits, and a code that comes late is not shown', async () => {
  const offer = createCall('offer', 'WEFT1N.A');
  const nearby = createRoom({}, offer.call);
  const shown = nearby.show();
  nearby.reset();
  await shown;
  expect(nearby.state).toEqual({ type: 'idle' });
  expect(offer.stopped).toEqual([true]);
});

it('what could not be fetched is said, and can be tried again', async () => {
  const offer = createCall('offer', 'WEFT1N.A');
  let isServed = false;
  const give = () => Promise.resolve(isServed ? ok(offer.call) : err({ type: 'NotFetched' } as const));
  const live: Live = { ...nobody, nearby: () => Promise.resolve({ offer: give, read: give }) };
  const nearby = new Nearby(() => live, atOnce);
  await nearby.show();
  expect(nearby.state).toEqual({ type: 'failed', why: 'NotFetched' });
  nearby.reset();
  expect(await nearby.read('a code')).toBeUndefined();
  expect(nearby.state).toEqual({ type: 'failed', why: 'NotFetched' });
  isServed = true;
  await nearby.show();
  expect(nearby.state).toMatchObject({ type: 'showing', step: 'offer' });
});
