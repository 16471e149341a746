/**
 * The doors that this device keeps: a room for each of its open invites, in which newcomers knock. Who holds a used
 * invite, or comes through an open door, is let in at once; the others wait for an organizer's word.
 */
import { inviteRoomOf } from '../../log/invite.ts';
import { keepDoor, type Knock } from '../../sync/doorstep.ts';
import type { Transport } from '../../sync/transport.ts';
import type { Space } from '../space.svelte.ts';
import type { LiveParts } from './parts.ts';

const NEWCOMERS = 60;
/** Rooms of open invites that one device waits in. */
const MOST = 6;

interface DoorNews {
  /** who waits is another */
  knocks(): void;
  admitted(): void;
}

export class Doors {
  readonly #space: Space;
  readonly #network: LiveParts['network'];
  readonly #tell: DoorNews;
  readonly #rooms = new Map<string, Transport>();
  #knocks: readonly Knock[] = [];

  constructor(space: Space, network: LiveParts['network'], tell: DoorNews) {
    this.#space = space;
    this.#network = network;
    this.#tell = tell;
  }

  /** newcomers who ask to come in, and wait */
  get knocks(): readonly Knock[] {
    return this.#knocks;
  }

  /** A room for each invite that is open now, and for no other. */
  async keep(hubs: readonly string[]): Promise<void> {
    const { invites } = this.#space;
    const open = hubs.length === 0 ? [] : invites.answering().slice(-MOST);
    for (const [id, room] of [...this.#rooms]) {
      if (open.some((each) => String(each.id) === id)) continue;
      this.#rooms.delete(id);
      await room.stop();
    }
    for (const invite of open) {
      if (this.#rooms.has(invite.id)) continue;
      const place = inviteRoomOf(invites.inviteOf(invite));
      const room = await this.#network({ ...place, signaling: hubs, maxConns: NEWCOMERS, part: 'keeper' });
      this.#rooms.set(invite.id, room);
      room.start(keepDoor(invites, (knock) => this.#knocked(knock)));
    }
  }

  async leave(): Promise<void> {
    for (const room of this.#rooms.values()) await room.stop();
    this.#rooms.clear();
  }

  async admit(knock: Knock): Promise<boolean> {
    const admitted = await this.#space.admit(knock.admission);
    if (!admitted.ok) return false;
    knock.answer(admitted.value.answer);
    this.#forget(knock);
    this.#tell.admitted();
    return true;
  }

  refuse(knock: Knock): void {
    knock.refuse();
    this.#forget(knock);
  }

  #knocked(knock: Knock): void {
    const { request, invite } = knock.admission;
    // the door is open, or an answer was lost on its way to somebody who has been let in
    if (invite.isDoor || invite.usedBy === request.device) {
      void this.admit(knock);
      return;
    }
    const isSame = (each: Knock): boolean => each.admission.request.device === request.device;
    this.#knocks = [...this.#knocks.filter((each) => !isSame(each)), knock].slice(-NEWCOMERS);
    this.#tell.knocks();
  }

  #forget(knock: Knock): void {
    this.#knocks = this.#knocks.filter((each) => each !== knock);
    this.#tell.knocks();
  }
}
