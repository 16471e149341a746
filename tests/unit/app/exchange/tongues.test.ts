import { expect, test } from 'vitest';
import { tonguesOf } from '../../../../src/app/exchange/tongues.ts';
import type { Group, GroupId, Member, MemberId } from '../../../../src/log/types.ts';

const group = (id: string, ...languages: readonly string[]): Group => ({
  id: id as GroupId,
  name: id,
  region: '',
  languages,
  timeZone: '',
});
const member = (id: string, of: string, ...languages: readonly string[]): Member => ({
  id: id as MemberId,
  name: id,
  role: 'member',
  group: of as GroupId,
  languages,
  devices: [],
});
const groups = [group('asmara', 'ti', 'ar'), group('dockers', 'it'), group('hills', 'es')];
const members = [
  member('hiwot', 'asmara'),
  member('amina', 'asmara', 'fr-TN', 'ar'),
  member('bruno', 'dockers', 'it'),
  member('chela', 'hills', 'en-US'),
];
const membership = {
  groups: new Map(groups.map((each) => [each.id, each])),
  members: new Map(members.map((each) => [each.id, each])),
};
const all = members.map(({ id }) => id);

test('somebody is told in their own language before that of their group', () => {
  expect(tonguesOf(membership, ['amina' as MemberId], undefined)).toEqual(['fr']);
});

test('where a person names none that the app speaks, the group does', () => {
  expect(tonguesOf(membership, ['hiwot' as MemberId], undefined)).toEqual(['ar']);
  expect(tonguesOf(membership, ['bruno' as MemberId], undefined)).toEqual([]);
});

test('several are told each in theirs, once, and whoever makes the bundle is not counted', () => {
  expect(tonguesOf(membership, all, 'chela' as MemberId)).toEqual(['fr', 'ar']);
  expect(tonguesOf(membership, all, undefined)).toEqual(['en', 'fr', 'ar']);
});
