/**
 * The rules of docs/agreements.md a second time: slow, simple, and written from that page, not from the code. It asks
 * the whole set of words for everything, each time, and remembers nothing.
 */
import type { GroupId, Proposal, Said, Word, WordId } from '../../../../../src/documents/agreement/words.ts';

type By<K extends Word['kind']> = Said<Extract<Word, { readonly kind: K }>>;

export interface Plain {
  readonly type: string;
  readonly closing: WordId | null;
  readonly yes: readonly GroupId[];
  readonly no: readonly GroupId[];
  readonly aside: readonly GroupId[];
  readonly abstain: readonly GroupId[];
  readonly deciding: readonly GroupId[];
  readonly missing: readonly string[];
  readonly uncounted: readonly string[];
  readonly statuses: readonly string[];
}

export const createTwin = (words: readonly Said[], groups: ReadonlySet<GroupId>) => {
  const get = (id: WordId): Said | undefined => words.find((said) => said.id === id);
  const of = <K extends Word['kind']>(kind: K): readonly By<K>[] =>
    words.filter((said): said is By<K> => said.word.kind === kind);
  const proposal = (id: WordId): By<'proposal'> | undefined => of('proposal').find((said) => said.id === id);

  const ground = (word: Word): readonly WordId[] => {
    if (word.kind === 'proposal')
      return [
        ...(word.amends === null ? [] : [word.amends]),
        ...(word.previous === null ? [] : [word.previous]),
        ...word.left,
      ];
    if (word.kind === 'settled') return [word.what];
    return 'proposal' in word ? [word.proposal] : [];
  };

  /** 'yes', 'no', or the ids for which it waits. A chain longer than all words together is a circle. */
  const counts = (said: Said, depth = 0): 'yes' | 'no' | readonly WordId[] => {
    if (depth > words.length) return 'no';
    const below = ground(said.word).map((id) => {
      const found = get(id);
      return found === undefined ? [id] : counts(found, depth + 1);
    });
    if (below.includes('no')) return 'no';
    const missing = below.flatMap((each) => (typeof each === 'string' ? [] : each));
    if (missing.length > 0) return [...new Set(missing)].sort();
    return maySay(said) ? 'yes' : 'no';
  };
  const isIn = (said: Said): boolean => counts(said) === 'yes';

  const sayOf = (word: Proposal): readonly GroupId[] => {
    const gone = word.left.map((id) => of('leaving').find((said) => said.id === id)?.word.group);
    const before = word.amends === null ? [] : (proposal(word.amends)?.word.parties ?? []);
    return [...new Set([...word.parties, ...before.filter((group) => !gone.includes(group))])].sort();
  };
  const ruleFor = (word: Proposal) => (word.amends === null ? word : (proposal(word.amends)?.word ?? word)).rule;

  const maySay = (said: Said): boolean => {
    const { word, group, member, role } = said;
    if (word.kind === 'comment' || word.kind === 'suggestion') return true;
    if (word.kind === 'settled') {
      const what = get(word.what);
      if (what?.word.kind !== 'comment' && what?.word.kind !== 'suggestion') return false;
      if (what.word.kind === 'comment' && ['accepted', 'rejected'].includes(word.how)) return false;
      return word.how === 'withdrawn' ? what.member === member : role !== 'observer';
    }
    if (role === 'observer') return false;
    if (word.kind === 'text') return true;
    if (word.kind === 'proposal') {
      const base = word.amends === null ? undefined : proposal(word.amends);
      if ((word.change === 'new') !== (word.amends === null) || (word.amends !== null && base === undefined))
        return false;
      if (!word.parties.every((party) => groups.has(party))) return false;
      if (base !== undefined && !sayOf(base.word).includes(group)) return false;
      if (word.left.some((id) => get(id)?.word.kind !== 'leaving')) return false;
      const before = word.previous === null ? undefined : proposal(word.previous);
      if (word.previous === null ? word.round !== 1 : before === undefined) return false;
      if (before !== undefined && (before.word.round !== word.round - 1 || before.word.amends !== word.amends))
        return false;
      if (word.change === 'minor') {
        const frame = (p: Proposal): string =>
          JSON.stringify([[...p.parties].sort(), p.rule, p.dates, p.redLines, p.texts.map((t) => t.language).sort()]);
        if (word.emergency || base === undefined || frame(base.word) !== frame(word)) return false;
      }
      return !word.emergency || ruleFor(word).emergency.allowed;
    }
    const about = proposal(word.proposal);
    if (about === undefined) return false;
    if (word.kind === 'position') {
      if (!sayOf(about.word).includes(word.group)) return false;
      if (!about.word.texts.some((text) => text.hash === word.hash && text.language === word.language)) return false;
      return group === word.group || word.recorded !== null;
    }
    if (word.kind === 'closing') {
      if (word.emergency && !about.word.emergency) return false;
      return about.member === member || sayOf(about.word).includes(group);
    }
    if (word.kind === 'endorsement') return word.group === null || word.group === group;
    if (word.kind === 'leaving') return word.group === group && about.word.parties.includes(group);
    if (word.kind === 'superseded') return about.word.parties.includes(group);
    const line = about.word.redLines.find(({ id }) => id === word.redLine);
    if (line === undefined || line.lift === 'rule') return false;
    return line.lift === 'holder' && line.holder !== null ? line.holder === group : about.word.parties.includes(group);
  };

  const against = (said: By<'position'>): boolean => ['block', 'objection'].includes(said.word.position);
  const caution = (said: By<'position'>): number =>
    against(said) ? 0 : ['stand-aside', 'abstain', 'reservations', 'agree'].indexOf(said.word.position) + 1;
  const isOwn = (said: By<'position'>): boolean => said.group === said.word.group;
  const replaces = (later: By<'position'>, earlier: By<'position'>): boolean =>
    later.word.replaces.includes(earlier.id) &&
    later.word.group === earlier.word.group &&
    (isOwn(later) || !isOwn(earlier));

  /** The one position of a group that counts among these. */
  const standOf = (group: GroupId, among: readonly By<'position'>[]): By<'position'> | undefined => {
    const standing = among.filter((said) => said.word.group === group && !among.some((other) => replaces(other, said)));
    const own = standing.filter(isOwn);
    return (own.length > 0 ? own : standing).toSorted((a, b) => caution(a) - caution(b) || (a.id < b.id ? -1 : 1))[0];
  };

  const tally = (deciding: readonly GroupId[], among: readonly By<'position'>[]) => {
    const those = (...names: readonly string[]): readonly GroupId[] =>
      deciding.filter((group) => names.includes(standOf(group, among)?.word.position ?? ''));
    return {
      yes: those('agree', 'reservations'),
      no: those('block', 'objection'),
      aside: those('stand-aside'),
      abstain: those('abstain'),
    };
  };

  const isQuorate = (word: Proposal, deciding: readonly GroupId[], among: readonly By<'position'>[]): boolean => {
    const { method, quorum } = ruleFor(word);
    const { yes, no, aside, abstain } = tally(deciding, among);
    const answered = yes.length + no.length + aside.length + (method === 'consensus' ? 0 : abstain.length);
    return answered >= 1 && answered >= Math.min(quorum, deciding.length);
  };

  const wouldAdopt = (
    word: Proposal,
    way: string,
    deciding: readonly GroupId[],
    among: readonly By<'position'>[],
  ): boolean => {
    const { yes, no, aside } = tally(deciding, among);
    const { method, threshold, share, mostStandAsides, emergency } = ruleFor(word);
    if (way === 'minor') return no.length === 0;
    if (way === 'emergency')
      return no.length === 0 && yes.length >= 1 && yes.length >= Math.min(emergency.groups, deciding.length);
    if (!isQuorate(word, deciding, among)) return false;
    if (method === 'every-group') return yes.length === deciding.length;
    if (method === 'majority') {
      const all = share === 'parties' ? deciding.length : yes.length + no.length;
      const half = threshold.parts * 2 === threshold.of;
      return (
        yes.length > 0 && (half ? yes.length * 2 > all : yes.length / all >= threshold.parts / threshold.of - 1e-9)
      );
    }
    return no.length === 0 && yes.length > 0 && (mostStandAsides === null || aside.length <= mostStandAsides);
  };

  const adopters = (id: WordId): readonly GroupId[] => {
    const { type, closing } = plain(id);
    const word = proposal(id)?.word;
    const closed = of('closing').find((said) => said.id === closing);
    if (word === undefined || closed === undefined || !['adopted', 'taken-back'].includes(type)) return [];
    const all = of('position').filter((said) => isIn(said) && said.word.proposal === id);
    const among = word.change === 'minor' ? all : all.filter((said) => closed.word.counted.includes(said.id));
    const agreeing = sayOf(word).filter((group) =>
      ['agree', 'reservations'].includes(standOf(group, among)?.word.position ?? ''),
    );
    const before = word.change === 'minor' && word.amends !== null ? adopters(word.amends) : [];
    return [...new Set([...agreeing, ...before])].sort();
  };

  const plain = (id: WordId): Plain => {
    const said = proposal(id);
    if (said === undefined) throw new Error('no such proposal');
    const { word } = said;
    const waitsFor = counts(said);
    const base = word.amends === null || proposal(word.amends) === undefined || !isIn(said) ? null : plain(word.amends);
    const withSay = sayOf(word);
    const deciding =
      typeof waitsFor !== 'string'
        ? word.parties
        : base !== null && ['adopted', 'taken-back'].includes(base.type) && ruleFor(word).standing === 'adopters'
          ? withSay.filter((group) => adopters(word.amends as WordId).includes(group))
          : withSay;
    const positions = of('position').filter((each) => isIn(each) && each.word.proposal === id);
    if (typeof waitsFor !== 'string')
      return {
        ...{ type: 'incomplete', closing: null, deciding, missing: waitsFor, uncounted: [], statuses: [] },
        ...tally(deciding, positions),
      };
    const countedBy = (closing: By<'closing'>) => positions.filter((each) => closing.word.counted.includes(each.id));
    const wayOf = (closing: By<'closing'>): string =>
      word.change === 'minor' ? 'minor' : closing.word.emergency ? 'emergency' : 'ordinary';
    const closings = of('closing')
      .filter((each) => isIn(each) && each.word.proposal === id)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const gap = (closing: By<'closing'>) => closing.word.counted.filter((each) => get(each) === undefined);
    const fault = (closing: By<'closing'>): string | null => {
      if (gap(closing).length > 0) return 'waiting';
      const among = countedBy(closing);
      if (wayOf(closing) === 'emergency')
        return wouldAdopt(word, 'emergency', deciding, among) ? null : 'emergency-not-met';
      if (wayOf(closing) === 'minor' || closing.member === said.member) return null;
      return isQuorate(word, deciding, among) ? null : 'below-quorum';
    };
    const valid = closings.filter((closing) => fault(closing) === null);
    const isReplaced = (one: By<'closing'>): boolean =>
      valid.some(
        (other) =>
          other.word.replaces === one.id &&
          wayOf(other) === wayOf(one) &&
          one.word.counted.every((each) => other.word.counted.includes(each)),
      );
    const weight = (closing: By<'closing'>): readonly [number, number, number] => [
      wayOf(closing) === 'emergency' ? 0 : 1,
      deciding.filter((group) => standOf(group, countedBy(closing)) !== undefined).length,
      closing.member === said.member ? 1 : 0,
    ];
    const beats = (a: By<'closing'>, b: By<'closing'>): boolean => {
      const [one, two] = [weight(a), weight(b)];
      for (const at of [0, 1, 2] as const) if (one[at] !== two[at]) return one[at] > two[at];
      return a.id < b.id;
    };
    const field = valid.filter((closing) => !isReplaced(closing));
    const stands = field.find((one) => field.every((other) => other === one || beats(one, other)));
    const statuses = closings.map(
      (closing) => fault(closing) ?? (isReplaced(closing) ? 'replaced' : closing === stands ? 'stands' : 'outranked'),
    );
    const open = { deciding, statuses, uncounted: [], missing: [], ...tally(deciding, positions) };
    if (stands === undefined) {
      const missing = [...new Set(closings.flatMap(gap))].sort();
      return { ...open, closing: null, type: missing.length > 0 ? 'incomplete' : 'open', missing };
    }

    const way = wayOf(stands);
    const counted = countedBy(stands);
    const isAdopted = wouldAdopt(word, way, deciding, counted);
    const history: By<'position'>[] = [...counted];
    for (const each of history)
      for (const earlier of positions) if (replaces(each, earlier) && !history.includes(earlier)) history.push(earlier);
    const uncounted =
      way !== 'ordinary'
        ? []
        : positions
            .filter((each) => !history.includes(each))
            .map((each) => {
              const asks =
                isAdopted &&
                against(each) &&
                ruleFor(word).method !== 'majority' &&
                deciding.includes(each.word.group) &&
                standOf(each.word.group, positions) === each;
              return `${each.id} ${hadSeen(stands, each.id) ? 'left out' : 'late'} ${asks ? 'asks' : 'shown'}`;
            })
            .sort();
    const closed = { deciding, statuses, uncounted, closing: stands.id, missing: [], ...tally(deciding, counted) };
    if (base?.type === 'incomplete') return { ...closed, type: 'incomplete', missing: base.missing };
    if (base?.type === 'open') return { ...closed, type: 'incomplete', missing: [`closing of ${word.amends}`] };
    if (base?.type === 'not-adopted' || !isAdopted) return { ...closed, type: 'not-adopted' };
    if (way !== 'minor') return { ...closed, type: 'adopted' };
    const type = wouldAdopt(word, 'minor', deciding, positions) ? 'adopted' : 'taken-back';
    return { ...closed, ...tally(deciding, positions), type };
  };

  const hadSeen = (closing: By<'closing'>, id: WordId): boolean => {
    const names = (said: Said | undefined): readonly WordId[] =>
      said?.word.kind === 'closing' ? said.word.counted : said?.word.kind === 'position' ? said.word.replaces : [];
    const before = words.filter((said) => isIn(said) && said.device === closing.device && said.number < closing.number);
    if (before.some((said) => said.id === id || names(said).includes(id))) return true;
    let earlier = closing.word.replaces === null ? undefined : get(closing.word.replaces);
    for (let steps = 0; earlier !== undefined && isIn(earlier) && steps <= words.length; steps++) {
      if (names(earlier).includes(id)) return true;
      earlier =
        earlier.word.kind === 'closing' && earlier.word.replaces !== null ? get(earlier.word.replaces) : undefined;
    }
    return false;
  };

  return { plain, counts };
};
