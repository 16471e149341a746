import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { minutesOf } from './recurrence/ours.ts';
import { pack } from './recurrence/pack.ts';
import { ROWS } from './recurrence/table.ts';

const Vectors = v.array(v.object({ rule: v.string(), zone: v.string(), start: v.string(), minutes: v.string() }));

const vectors = v.parse(Vectors, JSON.parse(readFileSync(resolve('tests/vectors/recurrence/dateutil.json'), 'utf8')));

test('every rule of the table has its vector', () => {
  expect(vectors.map(({ rule }) => rule)).toEqual(ROWS.map(({ rule }) => rule));
});

test.each(vectors)('$rule from $start in $zone, as dateutil has it for two years', ({ minutes, ...row }) => {
  expect(pack(minutesOf(row))).toBe(minutes);
});
