import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLanguages } from '../../../src/i18n/language.svelte.ts';
import { go, router, startRouter, takeInvite } from '../../../src/ui/router.svelte.ts';

let stop = (): void => {};

beforeEach(async () => {
  await startLanguages({ read: () => 'en', write: () => {} }, []);
});

afterEach(() => {
  stop();
  history.replaceState(null, '', '#/');
});

test('an invite leaves the address and the history at once, and is handed out once', () => {
  const before = history.length;
  history.replaceState(null, '', '#/join/secret-code');
  stop = startRouter();
  expect(location.href).not.toContain('secret-code');
  expect(history.length).toBe(before);
  expect(router.route?.name).toBe('join');
  expect(takeInvite()).toBe('secret-code');
  expect(takeInvite()).toBeUndefined();
});

test('an invite opened while the app runs is taken too', async () => {
  stop = startRouter();
  location.hash = '#/join/second';
  await expect.poll(() => router.route?.name).toBe('join');
  expect(location.href).not.toContain('second');
  expect(takeInvite()).toBe('second');
});

test('going somewhere changes the screen, the title, and the focus', async () => {
  const heading = document.createElement('h1');
  heading.tabIndex = -1;
  document.body.append(heading);
  stop = startRouter();
  go('people');
  await expect.poll(() => router.route?.name).toBe('people');
  await expect.poll(() => document.title).toBe('People · Weft');
  await expect.poll(() => document.activeElement).toBe(heading);
  heading.remove();
});
