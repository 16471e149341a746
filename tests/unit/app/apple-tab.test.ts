import { describe, expect, test } from 'vitest';
import { isAppleTab } from '../../../src/app/apple-tab.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';
const CHROME_ON_IPHONE = IPHONE.replace('Version/18.1', 'CriOS/130.0.6723.90');

describe('the advice to install first', () => {
  test('is given in a tab on an iPhone, whatever the browser is called', () => {
    expect(isAppleTab({ userAgent: IPHONE, maxTouchPoints: 5, standalone: false }, false)).toBe(true);
    expect(isAppleTab({ userAgent: CHROME_ON_IPHONE, maxTouchPoints: 5 }, false)).toBe(true);
  });

  test('is given on an iPad that calls itself a Mac, and not on a Mac', () => {
    expect(isAppleTab({ userAgent: MAC, maxTouchPoints: 5, standalone: false }, false)).toBe(true);
    expect(isAppleTab({ userAgent: MAC, maxTouchPoints: 0 }, false)).toBe(false);
  });

  test('is not given in the installed app', () => {
    expect(isAppleTab({ userAgent: IPHONE, maxTouchPoints: 5, standalone: true }, false)).toBe(false);
    expect(isAppleTab({ userAgent: IPHONE, maxTouchPoints: 5 }, true)).toBe(false);
  });

  test('is not given on other phones', () => {
    expect(isAppleTab({ userAgent: ANDROID, maxTouchPoints: 5 }, false)).toBe(false);
  });
});
