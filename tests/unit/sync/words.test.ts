import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../../../src/log/types.ts';
import { carry, found, join, paletteOf, restart, value } from '../../world.ts';

describe('a word about a document', () => {
  it('is signed by an observer too, and everybody reads whose it is and in which role', async () => {
    const alice = await found();
    const olga = await join(alice, 3, 'Olga', 'Legal clinic', 'observer');
    const id = await paletteOf(alice);
    await carry(alice, olga);
    const said = value(await olga.replica.say(id, 'comment', { text: 'Who checks this?', at: [1, 2] }));
    await carry(olga, alice);
    const again = await restart(alice);
    const [word] = again.replica.statements(id);
    const me = olga.replica.me();
    expect(word).toMatchObject({ type: 'word', id: said, kind: 'comment', role: 'observer', number: 1 });
    expect(word).toMatchObject({
      member: me?.member,
      group: me?.group,
      value: { text: 'Who checks this?', at: [1, 2] },
    });
    expect(again.replica.signed().statements.map((each) => each.id)).toEqual([said]);
  });

  it('is not said about a document that is not here', async () => {
    const alice = await found();
    const nowhere = 'cc'.repeat(16) as DocumentId;
    expect(await alice.replica.say(nowhere, 'comment', 'Hello')).toEqual({ ok: false, error: { type: 'NotAllowed' } });
  });

  it('is not signed where what is read could differ from what is signed, or over its size', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    await expect(alice.replica.say(id, 'comment', { text: 'pay \u202E001' })).rejects.toThrow('not canonical');
    await expect(alice.replica.say(id, 'comment', { text: 'a'.repeat(14_000) })).rejects.toThrow('over its limit');
    expect(alice.replica.statements(id)).toEqual([]);
  });
});
