/** The whole of the command line as its users meet it: two vaults in two folders, and files between them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dataFolder } from '../../data.ts';
import { buildWeft, type Weft } from './weft.ts';

// each process takes a part of a second, and much more where the machine has other work
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let weft: Weft;
beforeAll(async () => {
  weft = await buildWeft();
});
afterAll(() => weft.close());

const TRACE = {
  startContent: 'Every crew',
  endContent: 'Every crew comes home 🌊',
  txns: [
    { patches: [[10, 0, ' comes']] },
    {
      patches: [
        [16, 0, ' homes 🌊'],
        [21, 1, ''],
      ],
    },
  ],
};

interface Dump {
  readonly space: string;
  readonly groups: readonly { readonly name: string }[];
  readonly members: readonly { readonly name: string; readonly role: string; readonly group: string }[];
  readonly documents: readonly {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly points: readonly { readonly message: string; readonly variants: readonly unknown[] }[];
  }[];
}

const dumpOf = async (vault: string): Promise<Dump> => JSON.parse(await weft.text('--vault', vault, 'dump')) as Dump;

describe('two devices and a stick', () => {
  it('start a space, join it by text, write, and carry bundles there and back', async () => {
    const start = ['--vault', 'a', 'init', '--space', 'Harbour to Hills', '--name', 'Alice', '--group', 'Dockers'];
    expect(await weft.json(...start)).toMatchObject({ space: 'Harbour to Hills', role: 'organizer' });
    const invite = await weft.text('--vault', 'a', 'invite');
    const request = await weft.text('--vault', 'b', 'join', invite, '--name', 'Bob', '--group', 'Hill Farmers');
    // an answer may travel as a file as well as pasted
    writeFileSync(weft.path('answer.txt'), await weft.text('--vault', 'a', 'admit', request));
    expect(await weft.json('--vault', 'b', 'join', '--answer', 'answer.txt')).toMatchObject({ role: 'member' });

    const document = await weft.text('--vault', 'a', 'new', 'talking-points', '--title', 'Fair pay');
    expect(document).toMatch(/^[0-9a-f]{32}$/);
    writeFileSync(weft.path('trace.json'), JSON.stringify(TRACE));
    const typed = await weft.json('--vault', 'a', 'replay', 'trace.json', '--document', document);
    expect(typed).toMatchObject({ document, transactions: 2, characters: TRACE.endContent.length });

    const made = await weft.json('--vault', 'a', 'export', 'out.bin');
    expect(made).toMatchObject({ people: 1, documents: 1, whole: true });
    const before = weft.sumOf('b');
    const seen = await weft.json('inspect', 'out.bin', '--vault', 'b');
    expect(seen).toMatchObject({ kind: 'bundle', maker: { name: 'Alice' }, for: 'space', incomplete: false });
    expect(weft.sumOf('b')).toBe(before);
    const receipt = await weft.json('--vault', 'b', 'import', 'out.bin');
    expect(receipt).toMatchObject({ people: 1, documents: 1, incomplete: false });
    expect(receipt['changes']).toBe(seen['changes']);
    expect(receipt['changes']).toBeGreaterThan(0);
    expect(receipt['verified']).toBeGreaterThan(0);

    const hers = await dumpOf('a');
    expect(await dumpOf('b')).toEqual(hers);
    expect(hers.space).toBe('Harbour to Hills');
    expect(hers.groups.map(({ name }) => name)).toEqual(['Dockers', 'Hill Farmers']);
    expect(hers.members).toMatchObject([
      { name: 'Alice', role: 'organizer', group: 'Dockers' },
      { name: 'Bob', role: 'member', group: 'Hill Farmers' },
    ]);
    expect(hers.documents).toMatchObject([
      {
        id: document,
        kind: 'talking-points',
        title: 'Fair pay',
        points: [{ message: TRACE.endContent, variants: [] }],
      },
    ]);

    await weft.text('--vault', 'b', 'replay', 'trace.json', '--document', document);
    const back = await weft.json('--vault', 'b', 'export', 'back.bin', '--for', 'alice');
    expect(back).toMatchObject({ whole: false });
    expect(await weft.json('--vault', 'a', 'import', 'back.bin')).toMatchObject({ people: 1, documents: 1 });
    expect(await dumpOf('a')).toEqual(await dumpOf('b'));

    // now each knows that the other has all: the next bundle is empty
    expect(await weft.json('--vault', 'a', 'export', 'empty.bin', '--for', 'Bob')).toMatchObject({ changes: 0 });
    expect(await weft.json('--vault', 'b', 'import', 'empty.bin')).toMatchObject({ changes: 0, incomplete: false });
  });

  it('a bundle that comes again brings nothing, verifies nothing and writes nothing', async () => {
    const before = weft.sumOf('b');
    const again = await weft.json('--vault', 'b', 'import', 'out.bin');
    expect(again).toMatchObject({ changes: 0, people: 0, documents: 0, verified: 0, incomplete: false });
    expect(weft.sumOf('b')).toBe(before);
  });

  it('looking changes nothing, neither in the vault nor in the file', async () => {
    const before = [weft.sumOf('a'), readFileSync(weft.path('out.bin')).toString('hex')];
    await weft.text('--vault', 'a', 'dump');
    await weft.text('inspect', 'out.bin');
    await weft.text('inspect', 'out.bin', '--vault', 'a');
    expect([weft.sumOf('a'), readFileSync(weft.path('out.bin')).toString('hex')]).toEqual(before);
  });

  it('without a key a bundle is so many bytes and nothing else', async () => {
    const seen = await weft.json('inspect', 'out.bin');
    expect(Object.keys(seen).sort()).toEqual(['bytes', 'kind']);
    expect(seen['kind']).toBe('sealed');
  });

  it('a door admits several, an organizer’s invite makes an organizer, and an observer may not write', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const door = await weft.text('--vault', 'a', 'invite', '--role', 'observer', '--open-until', later);
    for (const [vault, name] of [
      ['c', 'Charlie'],
      ['d', 'Dora'],
    ] as const) {
      const request = await weft.text('--vault', vault, 'join', door, '--name', name, '--group', 'legal clinic');
      const answer = await weft.text('--vault', 'a', 'admit', request);
      expect(await weft.json('--vault', vault, 'join', '--answer', answer)).toMatchObject({ role: 'observer' });
    }
    const refused = await weft.run('--vault', 'c', 'new', 'talking-points', '--title', 'Mine', '--json');
    expect([refused.code, JSON.parse(refused.stderr)]).toMatchObject([3, { type: 'NotAllowed' }]);
    const { groups } = await dumpOf('a');
    expect(groups.map(({ name }) => name)).toEqual(['Dockers', 'Hill Farmers', 'legal clinic']);

    const invite = await weft.text('--vault', 'a', 'invite', '--role', 'organizer');
    const request = await weft.text('--vault', 'e', 'join', invite, '--name', 'Eve', '--group', 'Dockers');
    await weft.text('--vault', 'e', 'join', '--answer', await weft.text('--vault', 'a', 'admit', request));
    await weft.text('--vault', 'e', 'invite');
  });

  it('a vault under a passphrase opens with it only', async () => {
    writeFileSync(weft.path('pass'), 'six words of the harbour song\n');
    writeFileSync(weft.path('wrong'), 'seven words\n');
    const locked = ['--vault', 'locked', '--passphrase-file'];
    await weft.text(...locked, 'pass', 'init', '--space', 'S', '--name', 'N', '--group', 'G');
    const before = weft.sumOf('locked');
    for (const [args, type] of [
      [['--vault', 'locked', 'dump'], 'PassphraseNeeded'],
      [[...locked, 'wrong', 'dump'], 'WrongPassphrase'],
    ] as const) {
      const { code, stderr } = await weft.run(...args, '--json');
      expect([code, JSON.parse(stderr)]).toMatchObject([3, { type }]);
    }
    expect(await weft.json(...locked, 'pass', 'dump')).toMatchObject({ space: 'S' });
    expect(weft.sumOf('locked')).toBe(before);
  });

  it('a bundle under a passphrase opens with it only', async () => {
    await weft.text('--vault', 'a', 'export', 'locked.bin', '--bundle-passphrase-file', 'pass');
    const needed = await weft.run('--vault', 'b', 'import', 'locked.bin');
    expect([needed.code, needed.stderr]).toEqual([3, expect.stringContaining('[PassphraseNeeded]')]);
    await weft.text('--vault', 'b', 'import', 'locked.bin', '--bundle-passphrase-file', 'pass');
    expect(await dumpOf('b')).toEqual(await dumpOf('a'));
  });
});

describe.skipIf(dataFolder === undefined)('recorded sessions', () => {
  it('come out as they were recorded, on the other device too', async () => {
    const document = await weft.text('--vault', 'a', 'new', 'talking-points', '--title', 'Recorded');
    const trace = `${dataFolder}/traces/json-crdt-blog-post.json.gz`;
    await weft.text('--vault', 'a', 'replay', trace, '--document', document);
    await weft.text('--vault', 'a', 'export', 'recorded.bin', '--for', 'Bob');
    await weft.text('--vault', 'b', 'import', 'recorded.bin');
    const { documents } = await dumpOf('b');
    expect(documents.at(-1)?.points[0]?.message).toMatch(/^# Introducing fast RGA implementation/);
    expect(await dumpOf('a')).toEqual(await dumpOf('b'));
  });
});
