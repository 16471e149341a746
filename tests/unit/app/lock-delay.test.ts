import { expect, test } from 'vitest';
import { afterWrongTry, noTries, secondsLeft } from '../../../src/app/lock-delay.ts';

const now = Date.UTC(2026, 10, 23, 9);

test('two wrong passphrases cost nothing, the third and each after it half a minute', () => {
  const one = afterWrongTry(noTries, now);
  const two = afterWrongTry(one, now);
  expect([secondsLeft(noTries, now), secondsLeft(one, now), secondsLeft(two, now)]).toEqual([0, 0, 0]);
  const three = afterWrongTry(two, now);
  expect(secondsLeft(three, now)).toBe(30);
  expect(secondsLeft(three, now + 29_001)).toBe(1);
  expect(secondsLeft(three, now + 30_000)).toBe(0);
  expect(secondsLeft(afterWrongTry(three, now + 30_000), now + 30_000)).toBe(30);
});

test('a clock that was turned back does not lock somebody out for days', () => {
  const tries = { count: 3, until: now + 30_000 };
  expect(secondsLeft(tries, now - 86_400_000)).toBe(30);
});
