import { expect, test } from 'vitest';
import { nameByKind } from '../../../../src/app/exchange/names.ts';

test('a kind that nobody knows has no name, whatever a stranger calls it', () => {
  expect(nameByKind('agreement')).toBe('newAgreement');
  for (const kind of [undefined, '', 'ledger', 'constructor', '__proto__']) expect(nameByKind(kind)).toBe('unknown');
});
