/** Exchange as its screen sees it: who is here, who has what, what was passed on before; bundles are made and opened here. */
import { createSubscriber } from 'svelte/reactivity';
import type { GroupId, MemberId } from '../../log/types.ts';
import type { LinkKind, LinkPath } from '../../sync/transport.ts';
import type { LivePeer, LiveState } from '../live-types.ts';
import { Clock } from '../clock.svelte.ts';
import { ApartWatch } from '../review/apart-watch.svelte.ts';
import { Making } from './making.svelte.ts';
import { followMeetings } from './meetings.ts';
import { Nearby } from './nearby.svelte.ts';
import { Opening } from './opening.svelte.ts';
import { keepPast, type NewPast, type Past, readPast } from './past.ts';
import { behindIn, type GroupStanding, standingOf } from './standing.ts';
import type { ExchangeWorld } from './world.ts';

/** Somebody connected now. */
export interface Here {
  readonly link: string;
  readonly member: MemberId | null;
  /** empty before the greeting, or while their record is not here */
  readonly name: string;
  readonly group: string;
  readonly kind: LinkKind;
  readonly path: LinkPath | undefined;
  readonly state: LivePeer['state'];
  readonly incoming: number;
  readonly outgoing: number;
}

/** A gap: somebody's changes that are known to be somewhere. */
export interface MissingFrom {
  readonly group: GroupId;
  readonly changes: number;
  /** who wrote them, by name */
  readonly authors: readonly string[];
  /** who has them, by name */
  readonly holders: readonly string[];
}

export class Exchange {
  readonly world: ExchangeWorld;
  readonly clock: Clock;
  readonly making: Making;
  readonly opening: Opening;
  readonly nearby: Nearby;
  /** texts that people changed apart */
  readonly apart: ApartWatch;
  readonly #followShelf: () => void;

  constructor(world: ExchangeWorld) {
    this.world = world;
    this.clock = new Clock(() => world.environment.now());
    this.#followShelf = createSubscriber((update) => world.shelf.onChange(update));
    const keep = (past: NewPast): void => this.#keep(past);
    this.making = new Making(world, keep);
    this.opening = new Opening(world, keep);
    this.nearby = new Nearby(world.live, world.environment.after);
    this.apart = new ApartWatch(world.talk, world);
    followMeetings({
      replica: world.space.replica,
      environment: world.environment,
      peers: () => (world.live()?.peers ?? []).filter(({ kind }) => kind !== 'tabs'),
      keep,
    });
  }

  get liveState(): LiveState {
    return this.world.live()?.state ?? { type: 'off' };
  }

  /** Other tabs of this browser are not people who are here. */
  get here(): readonly Here[] {
    const { space } = this.world;
    return (this.world.live()?.peers ?? [])
      .filter(({ kind }) => kind !== 'tabs')
      .map(({ link, member, kind, path, state, incoming, outgoing }) => {
        const entry = member === null ? undefined : space.membership.members.get(member);
        const group = entry ? space.groupName(entry.group) : '';
        return { link, member, name: entry?.name ?? '', group, kind, path, state, incoming, outgoing };
      });
  }

  /** people connected now, this one not counted */
  get hereCount(): number {
    const me = this.world.space.me?.member;
    return new Set(this.here.flatMap(({ member }) => (member === null || member === me ? [] : [member]))).size;
  }

  /** Newest first; without a name where the device is none of a member's. */
  get dropped(): readonly { readonly name: string; readonly at: number }[] {
    const { membership } = this.world.space;
    return (this.world.live()?.dropped ?? []).map(({ device, minute }) => {
      const member = device === null ? undefined : membership.memberByDevice.get(device);
      const name = member === undefined ? '' : (membership.members.get(member)?.name ?? '');
      return { name, at: minute * 60_000 };
    });
  }

  get groups(): readonly GroupStanding[] {
    const { space } = this.world;
    const here = new Set(this.here.flatMap(({ member }) => (member === null ? [] : [member])));
    const me = space.me?.member;
    return standingOf(
      space.membership,
      space.progress.filter(({ member }) => member !== me),
      here,
    );
  }

  /** By name: who is known to have all that was written on this device. */
  get reached(): readonly string[] {
    const { space } = this.world;
    const ids = space.replica.reached();
    return space.members.filter(({ id }) => ids.has(id)).map(({ name }) => name);
  }

  /** Whose changes others have and this device has not, by group, most first. */
  get missing(): readonly MissingFrom[] {
    const { space } = this.world;
    const { members } = space.membership;
    const byGroup = new Map<GroupId, { changes: number; authors: string[]; holders: Set<string> }>();
    for (const { member, changes, holders } of space.missing) {
      const author = members.get(member);
      if (!author) continue;
      const from = byGroup.get(author.group) ?? { changes: 0, authors: [], holders: new Set<string>() };
      from.changes += changes;
      from.authors.push(author.name);
      for (const id of holders) from.holders.add(members.get(id)?.name ?? '');
      byGroup.set(author.group, from);
    }
    return [...byGroup].map(([group, from]) => ({ group, ...from, holders: [...from.holders] }));
  }

  group(id: GroupId): GroupStanding | undefined {
    return this.groups.find(({ group }) => group.id === id);
  }

  /** names of those who lack something */
  get behind(): readonly string[] {
    const { space } = this.world;
    return behindIn(space.progress).flatMap((id) => space.membership.members.get(id)?.name ?? []);
  }

  get past(): readonly Past[] {
    this.#followShelf();
    const { shelf, space } = this.world;
    return readPast(shelf, space.replica.identity, space.membership);
  }

  #keep(past: NewPast): void {
    const { shelf, space, environment } = this.world;
    const minute = Math.floor(environment.now() / 60_000);
    keepPast(shelf, space.replica.identity, past, minute, environment.random);
  }
}
