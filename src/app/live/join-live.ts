/** A newcomer's way in over the network: waits in the invite's room until an organizer's device has answered. */
import { err, ok } from '../../lib/result.ts';
import { deviceIdOf } from '../../log/identity.ts';
import { inviteRoomOf, openAnswer } from '../../log/invite.ts';
import type { Verifier } from '../../crypto/index.ts';
import { knock } from '../../sync/doorstep.ts';
import type { JoinLive } from '../device.svelte.ts';
import type { LiveParts } from './parts.ts';

/** Milliseconds after which the room is entered anew, so that whoever came later is met too. */
const AGAIN = 30_000;
const NEWCOMER_DEGREE = 4;

/** `chosen`: hubs of this device; those that the invite names were chosen by whoever opened it. */
export const createJoinLive =
  (parts: LiveParts, verifier: () => Promise<Verifier>, chosen: () => readonly string[]): JoinLive =>
  async (pending, request, stop) => {
    const { invite, keys } = pending;
    const signaling = [...new Set([...invite.hubs, ...chosen()])];
    if (signaling.length === 0) return err({ type: 'Unreachable' });
    const checked = await verifier();
    let resolve = (_answer: Uint8Array): void => undefined;
    const found = new Promise<Uint8Array>((done) => {
      resolve = done;
    });
    const answered = async (answer: Uint8Array): Promise<boolean> => {
      const opened = await openAnswer(invite, deviceIdOf(keys), keys.box, checked, answer);
      if (opened.ok) resolve(answer);
      return opened.ok;
    };
    const stopped = new Promise<null>((done) => {
      if (stop.aborted) done(null);
      stop.addEventListener('abort', () => done(null), { once: true });
    });
    for (;;) {
      const door = await parts.network({
        ...inviteRoomOf(invite),
        signaling,
        maxConns: NEWCOMER_DEGREE,
        part: 'newcomer',
      });
      door.start(knock(request, answered));
      let cancel = (): void => undefined;
      const again = new Promise<'again'>((done) => {
        cancel = parts.environment.after(AGAIN, () => done('again'));
      });
      const outcome = await Promise.race([found, stopped, again]);
      cancel();
      await door.stop();
      if (outcome === null) return err({ type: 'Stopped' });
      if (outcome !== 'again') return ok(outcome);
    }
  };
