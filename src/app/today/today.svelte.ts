/** Today: what waits for this person, what changed, what is not yet shared, who has fallen behind; in a new space, how to begin. */
import { createSubscriber } from 'svelte/reactivity';
import type { Exchange } from '../exchange/exchange.svelte.ts';
import { opaqueId } from '../exchange/opaque.ts';
import { type GroupStanding, isBehind } from '../exchange/standing.ts';
import { Changes } from './changes.svelte.ts';
import { type Asked, askedIn } from './deciding.ts';
import { type Waiting, waitingIn } from './waiting.ts';

/** `receive`: what the others have written is not here yet. */
export type StepName = 'receive' | 'write' | 'invite' | 'meet' | 'carry';

export interface Step {
  readonly name: StepName;
  readonly isDone: boolean;
}

export class Today {
  readonly exchange: Exchange;
  readonly changes: Changes;
  readonly #followShelf: () => void;

  constructor(exchange: Exchange) {
    const { space, shelf } = exchange.world;
    this.exchange = exchange;
    this.changes = new Changes(space, shelf);
    this.#followShelf = createSubscriber((update) => shelf.onChange(update));
  }

  get waiting(): readonly Waiting[] {
    return waitingIn(this.exchange.world.talk);
  }

  get asked(): readonly Asked[] {
    return askedIn(this.exchange.world.agreements);
  }

  /** Nobody is behind somebody who has nothing yet. */
  get behind(): readonly GroupStanding[] {
    const { groups, clock } = this.exchange;
    if (!this.hasWords) return [];
    return groups.filter((group) => isBehind(group, clock.now));
  }

  /** Is there a document whose content has come? A newcomer knows of documents before they have them. */
  get hasWords(): boolean {
    const { talk, agreements, calendars } = this.exchange.world;
    return (
      talk.palettes.some(({ look }) => look.type !== 'empty') ||
      agreements.agreements.some(({ view }) => view !== null) ||
      (calendars?.calendars ?? []).some(({ look }) => look.type === 'ready' || look.type === 'newer')
    );
  }

  /** The first three useful steps; none once they are done, or put away. */
  get steps(): readonly Step[] {
    const { space, shelf } = this.exchange.world;
    this.#followShelf();
    if (shelf.preference(this.#stepsHidden) === true) return [];
    const { membership, me, isOrganizer } = space;
    const { hasWords } = this;
    const hasOthers = membership.members.size > 1;
    const waitsForWords = hasOthers && !hasWords && !isOrganizer;
    const first: Step = waitsForWords ? { name: 'receive', isDone: false } : { name: 'write', isDone: hasWords };
    const steps: Step[] = [
      ...(me?.role === 'observer' && first.name === 'write' ? [] : [first]),
      isOrganizer ? { name: 'invite', isDone: hasOthers } : { name: 'meet', isDone: hasWords },
      {
        name: 'carry',
        isDone: this.exchange.past.some(({ type }) => type !== 'met') || (hasOthers && space.unshared?.changes === 0),
      },
    ];
    return steps.every(({ isDone }) => isDone) ? [] : steps;
  }

  hideSteps(): void {
    this.exchange.world.shelf.setPreference(this.#stepsHidden, true);
  }

  get #stepsHidden(): string {
    return `steps ${opaqueId(this.exchange.world.space.replica.identity, 'first steps')}`;
  }
}
