import { expect, test } from 'vitest';
import { approvalOf, textHash } from '../../../../src/app/talk/approvals.ts';
import type { DeviceId, DocumentId, GroupId, MemberId, SignedId, Statement } from '../../../../src/log/types.ts';

const say = (id: string, minute: number, text: string, approved: boolean): Statement => ({
  id: id as SignedId,
  type: 'approval',
  device: 'd' as DeviceId,
  member: `member ${id}` as MemberId,
  group: 'g' as GroupId,
  document: 'x' as DocumentId,
  minute,
  approval: { textHash: textHash(text), language: 'ar', sourceHash: '', approved },
});

test('a text nobody has signed is not approved', () => {
  expect(approvalOf([], 'one').type).toBe('none');
});

test('approves the signed text, whatever invisible characters or blanks at its ends differ', () => {
  expect(approvalOf([say('a', 1, 'one', true)], '\u200Eone \n')).toEqual({
    type: 'present',
    by: { member: 'member a', minute: 1 },
  });
});

test('says that an earlier text was approved once the words change', () => {
  expect(approvalOf([say('a', 1, 'one', true)], 'two').type).toBe('past');
});

test('an approval that was taken back is none, and counts again when it is signed again', () => {
  const back = [say('a', 1, 'one', true), say('b', 2, 'one', false)];
  expect(approvalOf(back, 'one').type).toBe('none');
  expect(approvalOf([...back, say('c', 3, 'one', true)], 'one').type).toBe('present');
});

test('does not depend on the order of arrival', () => {
  const all = [say('a', 1, 'one', true), say('b', 1, 'one', false), say('c', 0, 'one', true)];
  expect(approvalOf(all, 'one')).toEqual(approvalOf([...all].reverse(), 'one'));
});

test('taking one text back leaves the approval of another', () => {
  expect(approvalOf([say('a', 1, 'one', true), say('b', 2, 'two', false)], 'one').type).toBe('present');
});
