import { describe, expect, test } from 'vitest';
import { inviteLink, isOnlyHere } from '../../../src/app/invite-link.ts';
import { readInvite, readPassed } from '../../../src/app/joining.ts';
import { encodeInvite, toText } from '../../../src/log/invite.ts';
import { openInvites } from '../../../src/sync/invites.ts';
import { found, value } from '../../world.ts';

const HUBS = ['wss://hub.of-the-harbour.example.org/signal'];
const PAGE = { protocol: 'https:', host: 'hub.of-the-harbour.example.org', pathname: '/' };

const invited = async () => {
  const alice = await found();
  const invites = value(await openInvites(alice.storage, alice.replica, alice.environment));
  return invites.inviteOf(value(await invites.create({ role: 'member', until: 0, isDoor: false, hubs: HUBS })));
};

describe('what somebody pastes', () => {
  test('an invite is found in a link, in quotes and with line breaks of a mail', async () => {
    const invite = await invited();
    const text = toText('invite', encodeInvite(invite));
    const link = inviteLink(PAGE, text) ?? '';
    for (const pasted of [text, link, `“${text}”`, `Come in!\n${text.slice(0, 60)}\n${text.slice(60)}`]) {
      expect(value(readInvite(pasted))).toEqual(invite);
    }
  });

  test('a link for one hub fits a code that a camera reads with ease', async () => {
    const text = toText('invite', encodeInvite(await invited()));
    expect(inviteLink(PAGE, text)?.length).toBeLessThanOrEqual(300);
  });

  test('anything else is told apart', () => {
    const other = toText('answer', new Uint8Array([1, 2, 3]));
    expect(readInvite('hello')).toEqual({ ok: false, error: { type: 'NotOne' } });
    expect(readInvite(other)).toEqual({ ok: false, error: { type: 'OtherKind', kind: 'answer' } });
    expect(readInvite('weft2i.AAAA')).toEqual({ ok: false, error: { type: 'NewerVersion' } });
    expect(readInvite(toText('invite', new Uint8Array([2, 0])))).toEqual({
      ok: false,
      error: { type: 'NewerVersion' },
    });
    expect(readInvite(toText('invite', new Uint8Array([1, 0])))).toEqual({ ok: false, error: { type: 'NotOne' } });
    expect(value(readPassed('answer', ` ${other} `))).toEqual(new Uint8Array([1, 2, 3]));
  });
});

test('a link needs a page from a host, and one on this computer is told apart', () => {
  expect(inviteLink({ protocol: 'file:', host: '', pathname: '/x/index.html' }, 'weft1i.A')).toBeUndefined();
  expect(['localhost', '127.0.0.1', '[::1]'].map((hostname) => isOnlyHere({ hostname }))).toEqual([true, true, true]);
  expect(isOnlyHere({ hostname: '192.168.1.5' })).toBe(false);
});
