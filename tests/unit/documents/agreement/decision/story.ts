/** Words of made-up people about one agreement, in the order in which they were said. */
import { DEFAULT_RULE } from '../../../../../src/documents/agreement/rule.ts';
import type { Rule } from '../../../../../src/documents/agreement/rule.ts';
import type {
  Closing,
  DeviceId,
  GroupId,
  MemberId,
  Position,
  PositionName,
  Proposal,
  Said,
  Word,
  WordId,
} from '../../../../../src/documents/agreement/words.ts';

export interface Author {
  readonly member: MemberId;
  readonly group: GroupId;
  readonly role: 'organizer' | 'member' | 'observer';
  readonly device: DeviceId;
}

export const groupOf = (n: number): GroupId => n.toString(16).padStart(32, '0') as GroupId;
export const idOf = (n: number): WordId => n.toString(16).padStart(64, '0') as WordId;

/** Somebody of the nth group. */
export const somebody = (n: number, role: Author['role'] = 'member', which = ''): Author => ({
  member: `member ${n}${which}` as MemberId,
  group: groupOf(n),
  role,
  device: `device ${n}${which}` as DeviceId,
});

export const GROUPS = [1, 2, 3, 4, 5, 6].map(groupOf);
export const FACTS = { groups: new Set(GROUPS) };
export const HASH = 'ab'.repeat(32);
const TEXTS = [
  { language: 'en', hash: HASH },
  { language: 'ar', hash: 'cd'.repeat(32) },
];

export const ruleOf = (change: Partial<Rule> = {}): Rule => ({ ...DEFAULT_RULE, ...change });
export const EMERGENCY = { allowed: true, groups: 2, hours: 24, reviewDays: 14 };

export interface Story {
  readonly words: Said[];
  readonly say: (author: Author, word: Word, id?: WordId) => WordId;
  readonly propose: (author: Author, parties: number, change?: Partial<Proposal>, id?: WordId) => WordId;
  /** The nth group's own position, or one that somebody else records. */
  readonly answer: (
    proposal: WordId,
    group: number,
    position: PositionName,
    change?: Partial<Position>,
    author?: Author,
    id?: WordId,
  ) => WordId;
  readonly close: (
    author: Author,
    proposal: WordId,
    counted: readonly WordId[],
    change?: Partial<Closing>,
    id?: WordId,
  ) => WordId;
}

export const createStory = (): Story => {
  const words: Said[] = [];
  const numbers = new Map<DeviceId, number>();
  const say: Story['say'] = (author, word, id = idOf(1_000 + words.length)) => {
    const number = (numbers.get(author.device) ?? 0) + 1;
    numbers.set(author.device, number);
    words.push({ ...author, id, number, minute: 29_000_000 + words.length, word });
    return id;
  };
  return {
    words,
    say,
    propose: (author, parties, change = {}, id) =>
      say(
        author,
        {
          kind: 'proposal',
          texts: TEXTS,
          parties: GROUPS.slice(0, parties),
          left: [],
          rule: ruleOf(),
          change: change.amends === undefined || change.amends === null ? 'new' : 'major',
          amends: null,
          previous: null,
          round: 1,
          deadline: null,
          emergency: false,
          dates: { effective: null, review: null, expiry: null },
          redLines: [],
          ...change,
        },
        id,
      ),
    answer: (proposal, group, position, change = {}, author = somebody(group), id) =>
      say(
        author,
        {
          kind: 'position',
          proposal,
          hash: HASH,
          language: 'en',
          group: groupOf(group),
          position,
          mandate: { how: 'assembly', when: null },
          reason: '',
          conditions: '',
          recorded: author.group === groupOf(group) ? null : { way: 'phone', name: 'Hana' },
          replaces: [],
          ...change,
        },
        id,
      ),
    close: (author, proposal, counted, change = {}, id) =>
      say(author, { kind: 'closing', proposal, counted, emergency: false, replaces: null, ...change }, id),
  };
};
