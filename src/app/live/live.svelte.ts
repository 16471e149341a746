/**
 * Everything live about an open space: one tab of this browser holds the connections (a Web Lock decides which), the
 * others keep in step with it through storage and are heard through it. The organizer's device also keeps the door:
 * a room for each open invite, in which newcomers knock.
 */
import { untrack } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { sha256 } from '../../crypto/index.ts';
import { concat, toHex, utf8 } from '../../lib/bytes.ts';
import { roomOf, roomPasswordOf } from '../../log/epoch.ts';
import type { DeviceId, MemberId } from '../../log/types.ts';
import type { Knock } from '../../sync/doorstep.ts';
import { minuteOf } from '../../sync/environment.ts';
import { createExchange, type Exchange } from '../../sync/exchange.ts';
import { OTHER_TAB } from '../../sync/replica.ts';
import type { MeetingTransport, Nearby } from '../../sync/nearby.ts';
import type { Link, Transport } from '../../sync/transport.ts';
import type { Space } from '../space.svelte.ts';
import { createCursors, type Cursors } from './cursors.ts';
import type { Live, LivePeer, LiveState } from '../live-types.ts';
import { Doors } from './doors.ts';
import type { LiveChoices, LiveParts } from './parts.ts';

/** Connections at the most: few enough for a phone, and a room is one with fewer. */
const DEGREE = 8;
const WORD = { rows: 1, presence: 2 } as const;

export class LiveSpace implements Live {
  readonly presence: Cursors;
  readonly #space: Space;
  readonly #parts: LiveParts;
  readonly #choices: () => LiveChoices;
  readonly #follow: () => void;
  readonly #listeners = new Set<() => void>();
  readonly #stops: (() => void)[] = [];
  readonly #tabLinks = new Set<Link>();
  readonly #doors: Doors;
  readonly #tabs: Transport;
  #exchange: Exchange | null = null;
  #network: MeetingTransport | null = null;
  #hubs = '';
  /** somebody has begun to connect by codes: the room is entered without a hub too */
  #isNearbyWanted = false;
  /** links to devices that no record here admits yet: others' signaling is not for them */
  readonly #strangers = new Map<string, { readonly device: DeviceId; readonly meet: () => void }>();
  #isLeader = false;
  #stopped = false;
  #turn: Promise<void> = Promise.resolve();
  #dropped: Live['dropped'] = [];
  #resign = (): void => undefined;

  constructor(space: Space, choices: () => LiveChoices, parts: LiveParts) {
    this.#space = space;
    this.#parts = parts;
    this.#choices = choices;
    this.#doors = new Doors(space, parts.network, { knocks: () => this.#changed(), admitted: () => this.refresh() });
    this.#follow = createSubscriber((update) => {
      this.#listeners.add(update);
      return () => this.#listeners.delete(update);
    });
    const { replica } = space;
    const { environment } = parts;
    this.presence = createCursors(
      replica,
      environment,
      () => choices().presence,
      (bytes) => this.#tellPresence(bytes, null),
    );
    this.#stops.push(this.presence.subscribe(() => this.#changed()));
    this.#tabs = parts.tabs(this.#nameOf('tabs'));
    this.#tabs.start({
      opened: (link) => {
        this.#tabLinks.add(link);
        this.presence.greet();
      },
      message: (link, bytes) => this.#hearTab(link, bytes),
      closed: (link) => this.#tabLinks.delete(link),
    });
    this.#stops.push(
      replica.onFresh(({ from }) => {
        if (from !== OTHER_TAB) for (const link of this.#tabLinks) link.send(Uint8Array.of(WORD.rows));
      }),
    );
    this.#stops.push(
      replica.on((event) => {
        if (event.type !== 'records') return;
        this.#meetMembers();
        this.refresh();
      }),
    );
    this.#stops.push(
      $effect.root(() => {
        $effect(() => {
          choices();
          void space.openInvites.length;
          untrack(() => this.refresh());
        });
      }),
    );
    this.#lead();
  }

  get state(): LiveState {
    this.#follow();
    if (!this.#isLeader) return { type: 'otherTab' };
    const { hubs } = this.#choices();
    return hubs.length === 0 ? { type: 'off' } : { type: 'on', hubs };
  }

  get peers(): readonly LivePeer[] {
    this.#follow();
    const { memberByDevice } = this.#space.replica.membership();
    return (this.#exchange?.peers() ?? []).map((peer) => ({
      ...peer,
      member: peer.device === null ? null : (memberByDevice.get(peer.device) ?? null),
    }));
  }

  get dropped(): Live['dropped'] {
    this.#follow();
    return this.#dropped;
  }

  /** newcomers who ask to come in, and wait for an organizer's word */
  get knocks(): readonly Knock[] {
    this.#follow();
    return this.#doors.knocks;
  }

  /** people connected now, this one not counted */
  get here(): number {
    this.#follow();
    const members = new Set<MemberId>(this.presence.members());
    for (const { member } of this.peers) if (member !== null) members.add(member);
    const me = this.#space.replica.me();
    if (me) members.delete(me.member);
    return members.size;
  }

  async admit(knock: Knock): Promise<boolean> {
    return this.#doors.admit(knock);
  }

  refuse(knock: Knock): void {
    this.#doors.refuse(knock);
  }

  async nearby(): Promise<Nearby | null> {
    if (!this.#isLeader) return null;
    this.#isNearbyWanted = true;
    this.refresh();
    await this.#turn;
    return this.#network?.nearby ?? null;
  }

  /** Hubs, invites or doors have changed. */
  refresh(): void {
    this.#turn = this.#turn.then(() => this.#apply());
    this.#changed();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.presence.stop();
    for (const stop of this.#stops) stop();
    await this.#turn;
    await this.#leaveNetwork();
    await this.#tabs.stop();
    this.#resign();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Opaque: other scripts of this origin see the names of locks and channels. */
  #nameOf(what: string): string {
    const { localKey } = this.#space.replica.identity;
    return `weft-${what}-${toHex(sha256(concat(utf8(what), localKey))).slice(0, 16)}`;
  }

  #lead(): void {
    const { locks } = this.#parts;
    const begin = (): Promise<void> => {
      if (this.#stopped) return Promise.resolve();
      this.#isLeader = true;
      this.refresh();
      return new Promise((resolve) => {
        this.#resign = resolve;
      });
    };
    if (!locks) {
      void begin();
      return;
    }
    const stopping = new AbortController();
    this.#stops.push(() => stopping.abort());
    locks.request(this.#nameOf('live'), { signal: stopping.signal }, begin).catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
    });
  }

  async #apply(): Promise<void> {
    if (this.#stopped || !this.#isLeader) return;
    const { hubs } = this.#choices();
    const key = hubs.join('\n');
    const isWanted = hubs.length > 0 || this.#isNearbyWanted;
    if (key !== this.#hubs || isWanted !== (this.#network !== null)) {
      await this.#leaveNetwork();
      this.#hubs = key;
      if (isWanted) await this.#joinNetwork(hubs);
    }
    await this.#doors.keep(hubs);
    this.#changed();
  }

  async #joinNetwork(hubs: readonly string[]): Promise<void> {
    const { replica } = this.#space;
    const epoch = replica.identity.epochs.at(-1);
    if (!epoch) return;
    const room = { room: roomOf(epoch), password: roomPasswordOf(epoch), signaling: hubs, maxConns: DEGREE };
    const network = await this.#parts.network(room);
    const passing = network.passing((link, bytes) => exchange.sendSignal(link, bytes));
    const exchange = createExchange(replica, this.#parts.environment, {
      peers: () => this.#changed(),
      presence: (bytes, from) => void this.#hearPresence(bytes, from),
      greeted: (link, device) => {
        this.presence.greet();
        this.#strangers.set(link, { device, meet: () => passing.met(link) });
        this.#meetMembers();
      },
      signal: (bytes, from) => passing.hear(from, bytes),
      dropped: (device, reason) => {
        const minute = minuteOf(this.#parts.environment);
        if (reason !== 'lost' && reason !== 'left')
          this.#dropped = [{ device, reason, minute }, ...this.#dropped].slice(0, 50);
      },
    });
    this.#exchange = exchange;
    this.#network = network;
    network.start(exchange);
  }

  #meetMembers(): void {
    const { memberByDevice } = this.#space.replica.membership();
    for (const [link, { device, meet }] of [...this.#strangers]) {
      if (!memberByDevice.has(device)) continue;
      this.#strangers.delete(link);
      meet();
    }
  }

  async #leaveNetwork(): Promise<void> {
    this.#strangers.clear();
    await this.#doors.leave();
    this.#exchange?.stop();
    await this.#network?.stop();
    this.#exchange = null;
    this.#network = null;
    this.#hubs = '';
  }

  #hearTab(link: Link, bytes: Uint8Array): void {
    if (bytes[0] === WORD.rows) void this.#space.replica.catchUp();
    if (bytes[0] === WORD.presence) void this.#hearPresence(bytes.slice(1), link.id);
  }

  async #hearPresence(bytes: Uint8Array, from: string): Promise<void> {
    if (await this.presence.take(bytes)) this.#tellPresence(bytes, from);
  }

  #tellPresence(bytes: Uint8Array, except: string | null): void {
    this.#exchange?.sendPresence(bytes, except);
    const word = concat(Uint8Array.of(WORD.presence), bytes);
    for (const link of this.#tabLinks) if (link.id !== except) link.send(word);
  }
}
