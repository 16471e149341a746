/**
 * `npm run bench`: what Weft costs, side by side with plain Yjs in one run. `-- --json FILE` writes the same as JSON,
 * `-- --only WORD` measures only what has that word in its group's name.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { prepareHash } from '../src/crypto/index.ts';
import { dataFolder } from '../tests/data.ts';
import { measureAgreement } from './agreement.ts';
import { measureBundles } from './bundles.ts';
import { measureCalendar } from './calendar.ts';
import { measureChromium } from './chromium.ts';
import { measureHub } from './hub.ts';
import type { Figure } from './measure.ts';
import { measureOpening } from './opening.ts';
import { measureRoom } from './room.ts';
import { measureSizes } from './sizes.ts';
import { printFigure, printHead } from './table.ts';
import { measureTyping } from './typing.ts';
import { createWorkshop, readWorkshop, type SessionKind, type Workshop } from './workshop.ts';

const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const figures: Figure[] = [];

const isAsked = (name: string): boolean => options.only === undefined || name.includes(options.only);

const group = async (name: string, absent: string, measure: () => unknown): Promise<void> => {
  if (!isAsked(name)) return;
  const found = (await measure()) as readonly Figure[] | AsyncIterable<Figure> | null;
  if (found === null) console.log(`left out: ${name} (${absent})`);
  for await (const figure of found ?? []) {
    figures.push(figure);
    printFigure(figure);
  }
};

const WORKSHOP = ['opening', 'bundles', 'chromium']
  .flatMap((name) => [`${name} sitting`, `${name} person`])
  .concat('typing');

const measureWorkshop = async (folder: string): Promise<void> => {
  const recorded = readWorkshop(folder);
  const workshops = new Map<SessionKind, Workshop>();
  for (const kind of ['sitting', 'person'] as const) workshops.set(kind, await createWorkshop(recorded, kind));
  for (const [kind, workshop] of workshops) {
    await group(`opening ${kind}`, '', () => measureOpening(workshop, kind));
    await group(`bundles ${kind}`, '', () => measureBundles(workshop, kind));
    await group(`chromium ${kind}`, 'no browser was found', () => measureChromium(workshop, kind));
    if (kind === 'person') await group('typing', '', () => measureTyping(workshop));
  }
};

await prepareHash();
printHead();
if (options.only === 'room') {
  // nothing of the workshop
} else if (dataFolder === undefined) {
  console.log(
    'left out: everything about the workshop (its data is not beside this clone: ../shared/data, or WEFT_DATA)',
  );
} else if (WORKSHOP.some(isAsked)) await measureWorkshop(dataFolder);
await group('agreement', 'no browser was found', measureAgreement);
await group('calendar', 'no browser was found, or nothing is built yet: npm run build', measureCalendar);
await group('hub', 'nothing is built yet: npm run build', measureHub);
await group('room', '', measureRoom);
await group('sizes', 'nothing is built yet: npm run build', measureSizes);

if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
// replicas keep timers for what they would still do
process.exit(0);
