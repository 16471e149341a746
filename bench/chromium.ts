/** The workshop taken in by a page in a real Chromium. Null where there is no browser. */
import { Writer } from '../src/lib/bytes.ts';
import { encodeIdentity } from '../src/log/identity.ts';
import { type Figure, median, TIMES } from './measure.ts';
import { onPage } from './on-page.ts';
import { packsOf } from './opening.ts';
import type { Round } from './page.ts';
import type { SessionKind, Workshop } from './workshop.ts';

export const measureChromium = async (workshop: Workshop, kind: SessionKind): Promise<readonly Figure[] | null> => {
  const rounds = await onPage({ script: 'bench/page.ts', data: encodeData(workshop) }, (page) =>
    page.evaluate<readonly Round[]>(`weftBench(${TIMES})`),
  );
  if (rounds === null) return null;
  const ours = median(rounds.map((round) => round.ours));
  const plain = median(rounds.map((round) => round.plain));
  const sessions = `a session a ${kind} (${workshop.segments.length})`;
  return [
    {
      name: `imported in Chromium ÷ the same bytes in bulk into Dexie plus plain applyUpdate, ${sessions}`,
      ratio: median(rounds.map((round) => round.ours / round.plain)),
      target: 2,
      method: `${ours.toFixed(0)} ms ÷ ${plain.toFixed(0)} ms; checked, stored in strict transactions, all documents opened; plain: one bulk step, then the update log, one transaction a document`,
    },
    {
      name: `longest main-thread task of that import, ${sessions}`,
      value: median(rounds.map((round) => round.longest)),
      unit: 'ms',
      target: 50,
      method: `PerformanceObserver; 0: none over 50 ms; in ${rounds.filter((round) => round.longest === 0).length} of ${rounds.length} rounds there was none`,
    },
  ];
};

const encodeData = (workshop: Workshop): Uint8Array => {
  const to = new Writer(8_000_000).block(encodeIdentity(workshop.newcomer));
  const packs = packsOf(workshop, workshop.segments);
  to.varuint(packs.length);
  for (const pack of packs) to.block(pack);
  to.varuint(workshop.documents.length);
  for (const id of workshop.documents) to.text(id);
  to.varuint(workshop.plain.length);
  for (const { log } of workshop.plain) {
    to.varuint(log.length);
    for (const update of log) to.block(update);
  }
  return to.finish();
};
