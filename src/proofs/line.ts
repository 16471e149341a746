/** What a proof is about: the words that decide on a proposal, and what must be shown of those who said them. */
import type { Outcome } from '../documents/agreement/decision/index.ts';
import type { Said, WordId } from '../documents/agreement/words.ts';
import type { DocumentId } from '../log/types.ts';
import type { Claims } from './evidence.ts';

/**
 * What decides on a proposal: it, the rounds before it, what it amends and all before that; what was said on each, and
 * the words by which parties had left.
 */
export const lineOf = (outcome: Outcome, words: ReadonlyMap<WordId, Said>): readonly Said[] => {
  const proposals = new Set<WordId>();
  const left = new Set<WordId>();
  const open: (WordId | null)[] = [outcome.proposal.id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const said = id === null ? undefined : words.get(id);
    if (said?.word.kind !== 'proposal' || proposals.has(said.id)) continue;
    proposals.add(said.id);
    open.push(said.word.amends, said.word.previous);
    for (const one of said.word.left) left.add(one);
  }
  return [...words.values()].filter(({ id, word }) => {
    if (proposals.has(id) || left.has(id)) return true;
    return (word.kind === 'position' || word.kind === 'closing') && proposals.has(word.proposal);
  });
};

/** What must be shown of those who said this. */
export const claimsOf = (words: readonly Said[], document: DocumentId): Claims => ({
  document,
  signers: words.map(({ device, group }) => ({ device, group, role: 'member' })),
  groups: groupsIn(words),
});

/** The groups whose names a reader needs. */
const groupsIn = (words: readonly Said[]): Claims['groups'] => {
  const groups = new Set<string>();
  for (const { word, group } of words) {
    groups.add(group);
    if (word.kind === 'proposal') for (const party of word.parties) groups.add(party);
    if (word.kind === 'position' || word.kind === 'leaving') groups.add(word.group);
  }
  return [...groups].sort() as unknown as Claims['groups'];
};
