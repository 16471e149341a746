/** What the command line refuses: with its exit code, one sentence, its type, and nothing changed. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { words } from '../../../src/cli/words.ts';
import { createDice } from '../../world.ts';
import { buildWeft, type Weft } from './weft.ts';

// each process takes a part of a second, and much more where the machine has other work
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let weft: Weft;
let invite: string;
let request: string;
let document: string;

const init = (vault: string): readonly string[] => [
  '--vault',
  vault,
  'init',
  '--space',
  'S',
  '--name',
  'N',
  '--group',
  'G',
];

beforeAll(async () => {
  weft = await buildWeft();
  await weft.text(...init('a'));
  await weft.text(...init('z'));
  invite = await weft.text('--vault', 'a', 'invite');
  request = await weft.text('--vault', 'b', 'join', invite, '--name', 'Bob', '--group', 'G');
  const other = await weft.text('--vault', 'a', 'invite');
  const admitted = await weft.text('--vault', 'c', 'join', other, '--name', 'Charlie', '--group', 'G');
  writeFileSync(weft.path('answer-for-c'), await weft.text('--vault', 'a', 'admit', admitted));
  const late = await weft.text('--vault', 'd', 'join', other, '--name', 'Dawit', '--group', 'G');
  writeFileSync(weft.path('used-request'), late);
  document = await weft.text('--vault', 'a', 'new', 'talking-points', '--title', 'T');
  writeFileSync(weft.path('noise'), createDice(1).random(5000));
  await weft.text('--vault', 'a', 'export', 'good.bin');
  await weft.text('--vault', 'z', 'export', 'foreign.bin');
  const good = readFileSync(weft.path('good.bin'));
  writeFileSync(weft.path('cut.bin'), good.subarray(0, good.length - 100));
  const flipped = Buffer.from(good);
  flipped[1000] = (flipped[1000] ?? 0) ^ 1;
  writeFileSync(weft.path('flipped.bin'), flipped);
  writeFileSync(weft.path('concurrent.json'), JSON.stringify({ kind: 'concurrent', endContent: '', txns: [] }));
  writeFileSync(weft.path('wrong.json'), JSON.stringify({ startContent: '', endContent: 'x', txns: [] }));
  writeFileSync(weft.path('empty'), '\n');
  mkdirSync(weft.path('damaged'));
  const steps = readFileSync(weft.path('a/steps'));
  steps[20] = (steps[20] ?? 0) ^ 1;
  writeFileSync(weft.path('damaged/steps'), steps);
});
afterAll(() => weft.close());

/** Runs it, and looks that all vaults are as they were. */
const refused = async (code: number, type: string, ...args: readonly string[]): Promise<void> => {
  const vaults = ['a', 'b', 'c', 'z', 'damaged'];
  const before = vaults.map(weft.sumOf);
  const ended = await weft.run(...args, '--json');
  const message = expect.stringMatching(/^[^\n{}]+[.]$/) as string;
  expect([args, ended.code, JSON.parse(ended.stderr)]).toEqual([args, code, { type, message }]);
  expect(ended.stdout).toBe('');
  expect(vaults.map(weft.sumOf)).toEqual(before);
};

it('says what is wrong in one sentence, with its type behind it', async () => {
  const ended = await weft.run('--vault', 'a', 'import', 'foreign.bin');
  expect(ended).toEqual({
    code: 3,
    stdout: '',
    stderr:
      'This is not a bundle for this vault: it is for another space or for other people, or it is no bundle at all. [NotForThisSpace]\n',
  });
});

it('wrong use is told apart from refused input', async () => {
  // none of these opens a vault, so they may run at once
  await Promise.all([
    refused(2, 'UnknownCommand', 'sing'),
    refused(2, 'UnknownCommand'),
    refused(2, 'UnknownOption', '--vault', 'a', 'dump', '--loud'),
    refused(2, 'UnknownOption', '--vault', 'a', 'dump', '--title', 'T'),
    refused(2, 'MissingOption', 'dump'),
    refused(2, 'MissingOption', '--vault', 'n', 'init', '--space', 'S', '--name', ' ', '--group', 'G'),
    refused(2, 'MissingArgument', '--vault', 'a', 'import'),
    refused(2, 'MissingArgument', '--vault', 'a', 'export', 'one', 'two'),
    refused(2, 'BadOption', '--vault', 'a', 'invite', '--role', 'king'),
    refused(2, 'BadOption', '--vault', 'a', 'invite', '--open-until', 'soon'),
    refused(2, 'BadOption', '--vault', 'a', 'invite', '--open-until', '2001-01-01'),
    refused(2, 'UnknownKind', '--vault', 'a', 'new', 'poem', '--title', 'T'),
  ]);
  expect(existsSync(weft.path('n'))).toBe(false);
});

it('a vault that is not there is not made by looking for it', async () => {
  await refused(3, 'NoVault', '--vault', 'nowhere', 'dump');
  await refused(3, 'NoVault', '--vault', 'nowhere', 'import', 'good.bin');
  expect(existsSync(weft.path('nowhere'))).toBe(false);
  await refused(3, 'NoSpace', '--vault', 'b', 'dump');
  await refused(3, 'VaultInUse', ...init('a'));
  await refused(3, 'VaultInUse', ...init('b'));
  await refused(3, 'VaultInUse', '--vault', 'a', 'join', invite, '--name', 'Again', '--group', 'G');
});

it('texts that are not what is asked for', async () => {
  const name = ['--name', 'N', '--group', 'G'];
  await refused(3, 'NotAnInvite', '--vault', 'new', 'join', 'hello', ...name);
  await refused(3, 'NotAnInvite', '--vault', 'new', 'join', request, ...name);
  await refused(3, 'NotAnInvite', '--vault', 'new', 'join', invite.slice(0, -10), ...name);
  expect(existsSync(weft.path('new'))).toBe(false);
  await refused(3, 'NotARequest', '--vault', 'a', 'admit', invite);
  await refused(3, 'NotAnAnswer', '--vault', 'b', 'join', '--answer', request);
});

it('requests and answers for somebody else, used up, or changed on their way', async () => {
  await refused(3, 'NotForMe', '--vault', 'z', 'admit', request);
  await refused(3, 'NotForMe', '--vault', 'a', 'admit', `${request.slice(0, -6)}AAAAAA`);
  await refused(3, 'InviteClosed', '--vault', 'a', 'admit', 'used-request');
  await refused(3, 'NotForMe', '--vault', 'b', 'join', '--answer', 'answer-for-c');
  await refused(3, 'NothingAsked', '--vault', 'z', 'join', '--answer', 'answer-for-c');
});

it('bad bundles', async () => {
  const into = ['--vault', 'a', 'import'];
  await refused(3, 'FileUnreadable', ...into, 'missing.bin');
  await refused(3, 'FileUnreadable', ...into, 'a');
  await refused(3, 'NotForThisSpace', ...into, 'noise');
  await refused(3, 'NotForThisSpace', ...into, 'foreign.bin');
  await refused(3, 'Truncated', ...into, 'cut.bin');
  await refused(3, 'Damaged', ...into, 'flipped.bin');
  await refused(3, 'NotForThisSpace', 'inspect', 'foreign.bin', '--vault', 'a');
  await refused(3, 'FileUnreadable', 'inspect', 'missing.bin');
  await refused(3, 'EmptyPassphrase', ...into, 'good.bin', '--bundle-passphrase-file', 'empty');
});

it('documents, members and traces that are not there or not right', async () => {
  const into = ['--document', document];
  await refused(3, 'UnknownMember', '--vault', 'a', 'export', 'x.bin', '--for', 'Nobody');
  await refused(4, 'FileUnwritable', '--vault', 'a', 'export', 'no/such/folder/x.bin');
  expect(existsSync(weft.path('x.bin'))).toBe(false);
  await refused(3, 'FileUnreadable', '--vault', 'a', 'replay', 'missing.json', ...into);
  await refused(3, 'NotATrace', '--vault', 'a', 'replay', 'noise', ...into);
  await refused(3, 'NotATrace', '--vault', 'a', 'replay', 'wrong.json', ...into);
  await refused(3, 'ConcurrentTrace', '--vault', 'a', 'replay', 'concurrent.json', ...into);
  writeFileSync(weft.path('right.json'), JSON.stringify({ startContent: '', endContent: '', txns: [] }));
  await refused(3, 'UnknownDocument', '--vault', 'a', 'replay', 'right.json', '--document', 'ffff');
});

it('a damaged folder is a storage problem', async () => {
  await refused(4, 'StorageFailed', '--vault', 'damaged', 'dump');
  copyFileSync(weft.path('noise'), weft.path('file'));
  await refused(4, 'StorageFailed', '--vault', 'file/within', 'init', '--space', 'S', '--name', 'N', '--group', 'G');
});

it('every problem has one sentence, and help names every command', async () => {
  for (const [type, sentence] of Object.entries(words.problems))
    expect([type, sentence]).toEqual([type, expect.stringMatching(/^[A-Z].*[.]$/)]);
  const help = await weft.text('--help');
  for (const command of [
    'init',
    'invite',
    'join',
    'admit',
    'new',
    'replay',
    'export',
    'import',
    'dump',
    'inspect',
    'verify',
  ]) {
    expect(help).toContain(` ${command}`);
  }
});
