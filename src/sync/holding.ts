/**
 * How much of what is here, as others are told. What there may be another branch of is asked for from its start, as
 * if nothing of it were here.
 */
import { toHex } from '../lib/bytes.ts';
import { deviceOf } from '../log/chain.ts';
import type { DeviceId, SessionId } from '../log/types.ts';
import type { Vector } from '../log/vector.ts';
import type { Core } from './core.ts';

export interface Holding {
  /** what is here */
  vector(): Vector;
  /** the same without what must be fetched from its start */
  askedVector(): Vector;
  /** of this device's own */
  ownVector(): Vector;
  /** For each device text that differs where two replicas hold equally much of it, but not the same. */
  tips(): Map<DeviceId, string>;
  /** what there is another branch of, somewhere */
  readonly suspects: Set<SessionId>;
  readonly suspectDevices: Set<DeviceId>;
  suspect(device: DeviceId): void;
}

export const createHolding = ({ intake, ledger, device }: Core): Holding => {
  const suspects = new Set<SessionId>();
  const suspectDevices = new Set<DeviceId>();

  const vector = (): Vector => ({
    records: ledger.recordNumbers(),
    statements: ledger.statementNumbers(),
    sessions: new Map([...intake.sessions].map(([id, session]) => [id, intake.forked.get(id) ?? session.number])),
  });

  return {
    vector,
    askedVector: () => {
      const all = vector();
      if (suspects.size === 0 && suspectDevices.size === 0) return all;
      const sure = (map: ReadonlyMap<DeviceId, number>): Map<DeviceId, number> =>
        new Map([...map].filter(([of]) => !suspectDevices.has(of)));
      return {
        records: sure(all.records),
        statements: sure(all.statements),
        sessions: new Map([...all.sessions].filter(([id]) => !suspects.has(id))),
      };
    },
    ownVector: () => {
      const all = vector();
      const mine = <K extends string>(map: ReadonlyMap<K, number>): Map<K, number> =>
        new Map([...map].filter(([key]) => key.startsWith(device)));
      return { records: mine(all.records), statements: mine(all.statements), sessions: mine(all.sessions) };
    },
    tips: () => {
      const heads = new Map<DeviceId, string[]>();
      for (const { id, head } of intake.sessions.values()) {
        const of = deviceOf(id);
        const list = heads.get(of);
        const line = `${id} ${toHex(head)}`;
        if (list) list.push(line);
        else heads.set(of, [line]);
      }
      const devices = new Set([...heads.keys(), ...ledger.records.devices()]);
      return new Map([...devices].map((of) => [of, (heads.get(of) ?? []).sort().join() + ledger.tipsOf(of)]));
    },
    suspects,
    suspectDevices,
    suspect: (of) => {
      suspectDevices.add(of);
      for (const id of intake.sessions.keys()) if (deviceOf(id) === of) suspects.add(id);
    },
  };
};
