/**
 * Rooms of many: headless devices with the app's own replicas and exchange, over a simulated network in virtual time; and as
 * many real browsers as this machine carries, beside y-webrtc as it comes.
 */
import { measureTypingIn, openMet } from '../tests/simulated/measure.ts';
import { collectGarbage, type Figure } from './measure.ts';
import { measureBrowsers } from './room-browsers.ts';

const PEOPLE = [2, 8, 30, 60, 120, 200];
/** The design's number is for thirty. */
const MOST_PAYLOADS = { people: 30, factor: 1.5 };

export const measureRoom = async function* (): AsyncIterable<Figure> {
  for (const people of PEOPLE) yield* simulate(people);
  yield* measureBrowsers();
};

async function* simulate(people: number): AsyncIterable<Figure> {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const room = await openMet(people);
  collectGarbage();
  const memory = (process.memoryUsage().heapUsed - before) / people;
  for (const typists of people === 2 ? [1] : [1, 10]) {
    const costs = await measureTypingIn(room, Math.min(typists, people), typists === 1 ? 40 : 12);
    if (costs.missing > 0 || !room.isEven()) throw new Error('somebody lacks an edit');
    const { payloads, messages, bytes, hops, median, p99, mostConnections } = costs;
    yield {
      name: `messages with entries for each edit, ${people} devices (simulated), ${typists} typing`,
      value: payloads / (people - 1),
      unit: '× (N−1)',
      target: people === MOST_PAYLOADS.people ? MOST_PAYLOADS.factor : null,
      method:
        `${payloads.toFixed(1)} of ${messages.toFixed(0)} messages and ${bytes.toFixed(0)} bytes an edit, all devices together; ` +
        `${hops} links to the farthest; everybody has it after ${median} ms (median), ${p99} ms (p99), ` +
        `with 5 to 40 ms a link and the typist's own gathering; at most ${mostConnections} connections; ` +
        `${(memory / 1024).toFixed(0)} KB a device`,
    };
  }
}
