/** `weft verify`: what it says of a proof, and what it refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildWeft, type Weft } from './weft.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let weft: Weft;
const folder = resolve('tests/vectors/proofs');

beforeAll(async () => {
  weft = await buildWeft();
});
afterAll(() => weft.close());

it('says what was adopted, by whom, and what that does not prove', async () => {
  const text = await weft.text('verify', join(folder, 'accept-consent.json'));
  expect(text).toContain('Proven: the space “Harbour to Hills” adopted “Charter”.');
  expect(text).toContain('Hill Farmers: stands aside (signed by Bob): Harvest');
  expect(text).toContain('Alice, who wrote down what Chidi gave on paper');
  expect(text).toContain('It does not prove');
});

it('gives the same to machines', async () => {
  const json = await weft.json('verify', join(folder, 'accept-amendment.json'));
  expect(json).toMatchObject({ proven: true, spaceName: 'Harbour to Hills', title: 'Charter, second', amends: true });
});

it('refuses a changed proof by name', async () => {
  const bytes = readFileSync(join(folder, 'accept-consent.json'));
  writeFileSync(weft.path('changed.json'), bytes.toString('utf8').replace('Three groups', 'Four groups'));
  const refused = await weft.run('verify', weft.path('changed.json'));
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('[AlteredText]');
  expect((await weft.run('verify', weft.path('none.json'))).stderr).toContain('[FileUnreadable]');
});
