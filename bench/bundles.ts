/** What the workshop weighs as a bundle, whole and as what came last. */
import { makeBundle } from '../src/sync/bundles.ts';
import { createDice, environment, value } from './environment.ts';
import type { Figure } from './measure.ts';
import { openFull } from './opening.ts';
import type { SessionKind, Workshop } from './workshop.ts';

const TARGETS: Record<SessionKind, number> = { sitting: 0.7, person: 0.4 };

export const measureBundles = async (workshop: Workshop, kind: SessionKind): Promise<readonly Figure[]> => {
  const replica = await openFull(workshop);
  const sizeOf = async (base: ReturnType<typeof replica.vector> | null): Promise<number> => {
    const wish = { recipients: 'space', base } as const;
    const bundle = value(await makeBundle(replica, wish, environment(createDice('bundle'))));
    let size = 0;
    for await (const piece of bundle.bytes()) size += piece.length;
    return size;
  };
  const whole = await sizeOf(null);
  const last = await sizeOf({ ...replica.vector(), sessions: workshop.nineTenths });
  const state = workshop.plain.reduce((sum, each) => sum + each.state.length, 0);
  const update = workshop.plain.reduce((sum, each) => sum + (each.lastTenth?.length ?? 0), 0);
  const sessions = `a session a ${kind} (${workshop.segments.length})`;
  return [
    {
      name: `full workshop bundle ÷ plain V1 state with the same clientIDs, ${sessions}`,
      ratio: whole / state,
      target: TARGETS[kind],
      method: `${kilobytes(whole)} ÷ ${kilobytes(state)}; the file as it travels, sealed and padded`,
    },
    {
      name: `differential bundle of the last tenth ÷ the plain update’s bytes, ${sessions}`,
      ratio: last / update,
      target: 1,
      method: `${kilobytes(last)} ÷ ${kilobytes(update)}; plain: encodeStateAsUpdate(doc, state vector at nine tenths)`,
    },
  ];
};

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
