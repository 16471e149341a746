/** Rooms of many for WEFT_COUNT histories from WEFT_SEED on: who meets whom, and that all have everything in the end. */
import { expect, test } from 'vitest';
import { playRoom } from '../simulated/histories.ts';
import { measureTypingIn, openMet } from '../simulated/measure.ts';
import { playMeeting } from '../simulated/meeting.ts';

const count = Number(process.env['WEFT_COUNT']);
const first = Number(process.env['WEFT_SEED'] ?? 1) % 1_000_000;

test('after any coming and going, parting and silence of the hub a room is one, within the bound', () => {
  expect(count).toBeGreaterThan(0);
  const bad: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const most = 3 + (seed % 6);
    const { components, most: seen, people } = playMeeting(seed, 100, { people: 60, most });
    if (components !== 1 || seen > most)
      bad.push(`seed ${seed}: ${people} people in ${components}, ${seen} of ${most}`);
  }
  console.log(`${count} meetings from seed ${first}: ${bad.length} bad`);
  expect(bad).toEqual([]);
});

test('after any such history all who write have the same', async () => {
  const bad: string[] = [];
  // each takes as long as some twenty meetings
  const histories = Math.ceil(count / 10);
  for (let seed = first; seed < first + histories; seed++) {
    const { room, texts } = await playRoom(seed, 2 + (seed % 19), 80);
    const problems = [
      ...(new Set(texts).size === 1 ? [] : ['texts differ']),
      ...(room.isEven() ? [] : ['vectors differ']),
      ...(room.network.components().length === 1 ? [] : ['islands']),
      ...room.dropped,
    ];
    if (problems.length > 0) bad.push(`seed ${seed}: ${problems.join()}`);
  }
  console.log(`${histories} rooms from seed ${first}: ${bad.length} bad`);
  expect(bad).toEqual([]);
});

test('two hundred who meet are one room, and an edit takes few messages and little time', async () => {
  const room = await openMet(200, first, 0.02);
  for (const typists of [1, 10]) {
    const costs = await measureTypingIn(room, typists, 10);
    console.log(costs);
    expect(costs.missing).toBe(0);
    expect(costs.payloads).toBeLessThan(1.5 * 199);
    expect(costs.p99).toBeLessThan(3000);
    expect(costs.mostConnections).toBeLessThanOrEqual(8);
  }
  expect(room.isEven()).toBe(true);
});
