/** Sample files from elsewhere: each is a plan or a sentence with its line, and what we write of it others can read. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatCalendarFile, readCalendarFile } from '../../../src/ics/index.ts';
import { UTC } from '../../../src/times/index.ts';
import { dataFolder } from '../../data.ts';

const folder = resolve(dataFolder ?? '', 'ics');
const names = dataFolder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.ics'));

describe.skipIf(dataFolder === undefined)('the sample files', () => {
  test('are there', () => {
    expect(names.length).toBeGreaterThan(60);
  });

  test.each(names)('%s', (name) => {
    const text = readFileSync(resolve(folder, name), 'utf8');
    const file = readCalendarFile(text, UTC);
    if (!file.ok) {
      expect(file.error.line).toBeGreaterThan(0);
      return;
    }
    const { events, leftovers } = file.value;
    const again = readCalendarFile(formatCalendarFile(events, { name: '', now: 0, leftovers }), UTC);
    if (!again.ok) throw new Error(JSON.stringify(again.error));
    expect(again.value.skipped).toEqual([]);
    expect(again.value.leftovers).toEqual(leftovers);
    const comparable = (list: typeof events): readonly unknown[] =>
      list
        .map(({ line: _, stamp: __, ...event }) => ({ ...event, changed: [...event.changed] }))
        .sort((a, b) => (a.uid < b.uid ? -1 : 1));
    expect(comparable(again.value.events)).toEqual(comparable(events));
  });
});
