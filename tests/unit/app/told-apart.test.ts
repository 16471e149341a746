import { describe, expect, it } from 'vitest';
import { tellApart } from '../../../src/app/told-apart.ts';
import { found, join, type Person } from '../../world.ts';

const namesIn = ({ replica }: Person): readonly string[] =>
  [...tellApart(replica.membership()).members.values()].map(({ name }) => name).sort();

describe('people with one name', () => {
  it('are shown with their groups, however it is written; all others as they call themselves', async () => {
    const alice = await found();
    await join(alice, 2, 'Amina', 'Farmers');
    await join(alice, 3, 'AMINA', 'Seafarers');
    expect(namesIn(alice)).toEqual(['AMINA (Seafarers)', 'Alice', 'Amina (Farmers)']);
  });

  it('of one group are shown with the start of their id, the same wherever one looks', async () => {
    const alice = await found();
    await join(alice, 2, 'Amina', 'Farmers');
    await join(alice, 3, 'Amina', 'Farmers');
    const names = namesIn(alice);
    expect(new Set(names).size).toBe(3);
    expect(names.filter((name) => /^Amina \(Farmers, [0-9a-f]{4}\)$/.test(name)).length).toBe(2);
  });

  it('are not looked for anew where nothing has changed', async () => {
    const { replica } = await found();
    expect(tellApart(replica.membership())).toBe(replica.membership());
  });
});
