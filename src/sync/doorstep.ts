/**
 * Meeting before somebody has any key of the space: in a room that only the invite's holders can find, the newcomer
 * hands its sealed request to whoever is there, and the organizer's device hands back the sealed answer.
 *
 *   request = 1 ‖ sealed request      answer = 2 ‖ sealed answer      not now = 3
 *
 * Both are sealed to their reader and signed, so nobody else in the room learns or forges anything.
 */
import { concat } from '../lib/bytes.ts';
import type { Admission, Invites } from './invites.ts';
import type { Link, LinkEvents } from './transport.ts';

const WORD = { request: 1, answer: 2, no: 3 } as const;
/** Requests that one link may make before it is not listened to any more. */
const MOST = 8;

const word = (type: number, bytes: Uint8Array): Uint8Array => concat(Uint8Array.of(type), bytes);

/** Somebody at the door, for the organizer to look at. */
export interface Knock {
  readonly admission: Admission;
  /** hands the sealed answer over; the newcomer may be gone by then, and asks again */
  answer(bytes: Uint8Array): void;
  refuse(): void;
}

/** The organizer's side. */
export const keepDoor = (invites: Invites, knocked: (knock: Knock) => void): LinkEvents => {
  const counts = new Map<string, number>();
  const take = async (link: Link, bytes: Uint8Array): Promise<void> => {
    if (bytes[0] !== WORD.request) return;
    const count = (counts.get(link.id) ?? 0) + 1;
    counts.set(link.id, count);
    if (count > MOST) return link.close('refused');
    const admission = await invites.read(bytes.subarray(1));
    if (!admission.ok) {
      link.send(word(WORD.no, new Uint8Array(0)));
      return;
    }
    knocked({
      admission: admission.value,
      answer: (answer) => link.send(word(WORD.answer, answer)),
      refuse: () => link.send(word(WORD.no, new Uint8Array(0))),
    });
  };
  return {
    opened: () => undefined,
    message: (link, bytes) => void take(link, bytes),
    closed: (link) => void counts.delete(link.id),
  };
};

/** The newcomer's side: asks everybody whom it meets; `answered` says whether the answer was the right one. */
export const knock = (request: Uint8Array, answered: (answer: Uint8Array) => Promise<boolean>): LinkEvents => ({
  opened: (link) => link.send(word(WORD.request, request)),
  message: (link, bytes) => {
    if (bytes[0] === WORD.answer) void answered(bytes.slice(1));
    else if (bytes[0] === WORD.request) link.send(word(WORD.no, new Uint8Array(0)));
  },
  closed: () => undefined,
});
