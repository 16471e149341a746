/** Who is known to have what, and what of this device's own nobody else has yet. */
import type { MemberId } from '../log/types.ts';
import { countBeyond, emptyVector, type Vector } from '../log/vector.ts';
import type { Core } from './core.ts';
import { minuteOf } from './environment.ts';
import type { Holding } from './holding.ts';
import type { Progress } from './replica-types.ts';

export interface Sharing {
  /** minutes: the first own change that nobody else has was stored then; 0: there is none */
  since: number;
  /** Something of this device's own was stored. */
  noteUnshared(): void;
  unshared(): { readonly changes: number; readonly since: number };
  knownVector(member: MemberId): Vector | null;
  progress(): readonly Progress[];
}

export const createSharing = (core: Core, holding: Holding): Sharing => {
  const { known, device, environment } = core;
  const { records } = core.ledger;

  const knownVector = (member: MemberId): Vector | null => {
    const devices = records.membership().members.get(member)?.devices ?? [];
    return devices.map((each) => known.vectorOf(each)).find((each) => each !== null) ?? null;
  };

  const sharing: Sharing = {
    since: 0,
    noteUnshared: () => {
      if (sharing.since === 0) sharing.since = minuteOf(environment);
    },
    unshared: () => {
      const changes = known.unshared(holding.ownVector());
      if (changes === 0) sharing.since = 0;
      return { changes, since: sharing.since };
    },
    knownVector,
    progress: () => {
      const mine = holding.vector();
      const out: Progress[] = [];
      for (const member of records.membership().members.values()) {
        if (member.devices.includes(device)) continue;
        const theirs = knownVector(member.id) ?? emptyVector();
        const heard = Math.max(0, ...member.devices.map((each) => known.heardAt(each)));
        out.push({ member: member.id, lacks: countBeyond(mine, theirs), heard });
      }
      return out;
    },
  };
  return sharing;
};
