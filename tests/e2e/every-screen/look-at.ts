/** One screen as people with and without eyes, at night, on a phone and enlarged would meet it: what is wrong with it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import axeCore from 'axe-core';
import type { Tongue } from './words.ts';

declare global {
  /** in a page that axe was brought to */
  var axe: typeof axeCore;
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { width: 360, height: 740 };
const LAPTOP = { width: 1280, height: 800 };
const SCHEMES = ['light', 'dark'] as const;

/** A laptop enlarged twice, and four times: as on a phone, nothing needs to be pushed sideways. */
const ENLARGED = [
  { width: 640, height: 400 },
  { width: 320, height: 256 },
];

/**
 * A phone by day and a laptop by night; the languages take turns, so that each state is asked in one as the one and in the
 * other as the other. What is wrong in one language alone sticks out, which is looked for in both. Pictures: all of it.
 */
const isAxed = (tongue: Tongue, scheme: 'light' | 'dark', size: typeof PHONE, turn: number): boolean =>
  (size === PHONE) === (scheme === 'light') && (scheme === 'light') === ((tongue === 'en') === (turn % 2 === 0));

/** `turn`: which state of the table it is. What is wrong with it, in words for who reads the run. */
export const lookAt = async (page: Page, name: string, tongue: Tongue, turn: number): Promise<readonly string[]> => {
  const shots = process.env['WEFT_SHOTS'];
  const wrong: string[] = [];
  const checkEdges = async ({ width }: typeof PHONE): Promise<void> => {
    wrong.push(...(await sticksOut(page)).map((each) => `${name}, ${tongue}, ${width} wide: ${each}`));
  };
  for (const size of [LAPTOP, PHONE]) {
    for (const scheme of SCHEMES) {
      if (shots === undefined && !isAxed(tongue, scheme, size, turn)) continue;
      await page.emulateMedia({ colorScheme: scheme });
      const label = `${name}, ${tongue}, ${scheme}, ${size.width}`;
      if (shots !== undefined) {
        await resize(page, size);
        await shoot(page, shots, label);
      }
      // a laptop's is the size that it comes with
      if (size === PHONE) await resize(page, PHONE);
      await resize(page, { ...size, height: await wholeHeight(page) });
      wrong.push(...(await axe(page)).map((each) => `${label}: ${each}`));
    }
  }
  for (const size of [PHONE, ...ENLARGED]) {
    await resize(page, size);
    await checkEdges(size);
  }
  await page.setViewportSize(LAPTOP);
  return wrong;
};

/** Resolves once the page has seen its new size, and whatever it shows only there or only elsewhere has changed places. */
const resize = async (page: Page, size: typeof PHONE): Promise<void> => {
  await page.setViewportSize(size);
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
};

/** High enough that nothing is half below the bar at the foot: it is no smaller for that. */
const wholeHeight = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const content = document.querySelector('dialog .content');
    const more = content === null ? 0 : content.scrollHeight - content.clientHeight;
    return Math.max(document.documentElement.scrollHeight, innerHeight + more);
  });

/** Once a page: it stays there while only what is behind the # changes. */
const bringAxe = async (page: Page): Promise<void> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeCore.source);
};

const axe = async (page: Page): Promise<readonly string[]> => {
  await bringAxe(page);
  const violations = await page.evaluate(async (rules) => {
    const options = { runOnly: rules, resultTypes: ['violations' as const] };
    return (await globalThis.axe.run(document, options)).violations;
  }, RULES);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
      return `${id}: ${html.slice(0, 160)} (${why})`;
    }),
  );
};

const shoot = async (page: Page, folder: string, label: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${label.replaceAll(/[^\w]+/g, '-')}.png`) });
};

/** What lies beyond the edges. The cloth has a region of its own that may be pushed sideways. */
const sticksOut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    const found = wide > innerWidth ? [`the page is ${wide} wide`] : [];
    for (const dialog of document.querySelectorAll('dialog .content')) {
      if (dialog.scrollWidth > dialog.clientWidth) found.push(`a dialog is ${dialog.scrollWidth} wide`);
    }
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest('[role=region], .heard, .mirror, svg')) continue;
      const { left, right, width, height } = element.getBoundingClientRect();
      const isOut = width > 0 && height > 0 && (left < -1 || right > innerWidth + 1);
      if (isOut && getComputedStyle(element).clipPath === 'none') {
        found.push(`${element.outerHTML.slice(0, 120)} from ${Math.round(left)} to ${Math.round(right)}`);
      }
    }
    return found;
  });
