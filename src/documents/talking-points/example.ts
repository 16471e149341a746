/** "Start from an example": points in the reader's language, whose words the caller has from the locales. */
import type * as Y from 'yjs';
import type { Changed } from '../shape/change.ts';
import { DONE } from '../shape/change.ts';
import type { PointId, ProofId, TermId } from '../shape/ids.ts';
import type { Permission, PointText, ProofText, TermRule, TermText, ValueName } from './schema.ts';
import { addTerm } from './glossary.ts';
import { addPoint } from './points.ts';
import { addProof } from './proofs.ts';

export interface ExampleStrings {
  readonly points: readonly {
    readonly value: ValueName;
    readonly texts: Readonly<Partial<Record<PointText, string>>>;
    readonly proofs?: readonly {
      readonly texts: Readonly<Partial<Record<ProofText, string>>>;
      readonly permission?: Permission;
    }[];
  }[];
  readonly terms?: readonly {
    readonly rule: TermRule;
    readonly texts: Readonly<Partial<Record<TermText, string>>>;
  }[];
}

/** Makes fresh ids, each of 16 random bytes. */
export interface FreshIds {
  readonly point: () => PointId;
  readonly proof: () => ProofId;
  readonly term: () => TermId;
}

/** Adds to what is there; stops at the first refusal. */
export const addExample = (doc: Y.Doc, origin: unknown, strings: ExampleStrings, fresh: FreshIds): Changed => {
  for (const { value, texts, proofs } of strings.points) {
    const id = fresh.point();
    const added = addPoint(doc, origin, { id, value, texts });
    if (!added.ok) return added;
    for (const proof of proofs ?? []) {
      const proven = addProof(doc, origin, id, { id: fresh.proof(), ...proof });
      if (!proven.ok) return proven;
    }
  }
  for (const term of strings.terms ?? []) {
    const added = addTerm(doc, origin, { id: fresh.term(), ...term });
    if (!added.ok) return added;
  }
  return DONE;
};
