/** Somebody who has a keyboard and nothing else: goes from control to control, sees where they are, and types. */
import { expect, type Locator, type Page } from '@playwright/test';

type Role = Parameters<Page['getByRole']>[0];

/** More than the longest screen has. */
const FAR = 80;

export class Keys {
  constructor(readonly page: Page) {}

  /** Presses Tab until the control with this name has the focus; it must then be seen to have it. */
  async reach(role: Role, name: string | RegExp): Promise<void> {
    const wanted = this.page.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) });
    await expect(wanted.filter({ visible: true }).first()).toBeAttached();
    for (let presses = 0; presses < FAR; presses++) {
      if ((await wanted.and(this.page.locator(':focus')).count()) > 0) {
        await expectSeenFocus(this.page);
        return;
      }
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${FAR} presses of Tab do not lead to ${role} ${String(name)}`);
  }

  async press(role: 'button' | 'link', name: string | RegExp): Promise<void> {
    await this.reach(role, name);
    await this.page.keyboard.press('Enter');
  }

  /** Writes into a field, after what is in it. */
  async write(name: string, text: string): Promise<void> {
    await this.reach('textbox', name);
    await this.page.keyboard.type(text);
  }

  /** In a group of radios one goes by the arrows. */
  async choose(option: string): Promise<void> {
    const wanted = this.page.getByRole('radio', { name: option, exact: true });
    const group = this.page.getByRole('group').filter({ has: wanted });
    await expect(wanted).toBeAttached();
    for (let presses = 0; presses < FAR && (await group.locator(':focus').count()) === 0; presses++) {
      await this.page.keyboard.press('Tab');
    }
    for (let presses = 0; presses < FAR && !(await wanted.isChecked()); presses++) {
      await this.page.keyboard.press('ArrowDown');
    }
    await expect(wanted).toBeFocused();
    await expectSeenFocus(this.page);
  }

  get focused(): Locator {
    return this.page.locator(':focus');
  }
}

/** A ring at the control, or at what stands for it: its label, or the row whose link it is. And nothing lies over it. */
const expectSeenFocus = async (page: Page): Promise<void> => {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement)) return 'nothing has the focus';
    const label = focused.closest('label');
    const stands = [focused, label, focused.nextElementSibling].filter((each) => each !== null);
    const rings = stands.flatMap((each) => [getComputedStyle(each), getComputedStyle(each, '::after')]);
    const hasRing = rings.some(
      ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    );
    if (!hasRing) return `no ring at ${focused.outerHTML.slice(0, 200)}`;
    const { left, right, top, bottom } = (label ?? focused).getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((x) =>
      [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const),
    );
    const isInSight = points.some(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there !== null && stands.some((each) => each.contains(there));
    });
    return isInSight ? 'seen' : `out of sight: ${focused.outerHTML.slice(0, 200)}`;
  });
  expect(seen).toBe('seen');
};
