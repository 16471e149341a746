/** Hours and digits are those of the place, whatever language the interface speaks. */
import { get } from 'svelte/store';
import { _, addMessages, init } from 'svelte-i18n';
import { expect, test } from 'vitest';
import { placeIn, regionalOf, withDigits } from '../../../src/i18n/region.ts';
import { formatWall, parseWallTime } from '../../../src/times/index.ts';
import { flatMessages } from './catalogue.ts';

const six = parseWallTime('2026-12-24T18:05');

/** 18:05, as a device with these languages writes it in one of them; kinds of spaces are told apart by nobody. */
const hourOf = (tag: string, ...devices: readonly string[]): string =>
  six === null
    ? ''
    : formatWall(six, regionalOf(tag, devices), { hour: 'numeric', minute: '2-digit' }).replace(/\s/g, ' ');

test.each([
  ['en', ['en-US'], '6:05 PM'],
  ['en', ['en-GB'], '18:05'],
  ['ar', ['ar-EG'], '٦:٠٥ م'],
  ['ar', ['ar-MA'], '18:05'],
  ['fa', ['fa-IR'], '۱۸:۰۵'],
])('%s on a device of %s says %s', (tag, devices, expected) => {
  expect(hourOf(tag, ...devices)).toBe(expected);
});

test('a language that the device does not name has the hours of the place and digits of its own', () => {
  expect(hourOf('en', 'fa-IR')).toBe('18:05');
  expect(hourOf('es', 'en-US')).toBe('6:05 p. m.');
});

test('the place is where the first language with a region is spoken, not where another one is', () => {
  expect(placeIn(['de', 'de-DE', 'en-US'])).toBe('de-DE');
  expect(hourOf('en', 'de-DE', 'de', 'en-US', 'en')).toBe('18:05');
});

test('what somebody set for themselves stays, and a device that says nothing is taken as it is', () => {
  expect(hourOf('en', 'en-US-u-hc-h23')).toBe('18:05');
  expect(hourOf('en')).toBe('6:05 PM');
});

test('counts in a message have the digits of its hours', async () => {
  const message = flatMessages('ar').get('timing.hours') ?? '';
  addMessages('ar', { hours: message });
  await init({ fallbackLocale: '', initialLocale: withDigits('ar', ['ar-EG']) });
  expect(get(_)('hours', { values: { count: 12 } })).toContain('١٢');
  expect([withDigits('ar', ['ar-TN']), withDigits('en', ['en-GB'])]).toEqual(['ar', 'en']);
});
