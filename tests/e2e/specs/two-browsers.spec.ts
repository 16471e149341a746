/** The same stories between Chromium and Firefox. */
import { findFirefox } from '../../browser.ts';
import { beginPoint, expectEven, expectLetters, expectNoForeignHost, found, joinByLink, openPoint } from '../room.ts';
import { goByStickAlone } from '../stick.ts';
import { expect, test } from '../world.ts';

test.skip(findFirefox() === undefined, 'left out: no Firefox here');

test('(a) somebody with Firefox joins an organizer with Chromium, and both write in one point at once', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers', { browser: 'firefox' });
  const talks = await Promise.all([alice, bob].map(openPoint));
  await Promise.all(
    talks.map(async ({ message }, at) => {
      await message.press(at === 0 ? 'Control+Home' : 'Control+End');
      await message.pressSequentially((at === 0 ? '%' : '#').repeat(20), { delay: 40 });
    }),
  );
  const text = await expectEven(talks, /Every crew comes home/);
  expectLetters(text, { '%': 20, '#': 20 });
  await expect(bob.page.locator('.caret b', { hasText: 'Alice' })).toHaveCount(1);
  await expect(alice.page.locator('.caret b', { hasText: 'Bob' })).toHaveCount(1);
  expectNoForeignHost(world, [alice, bob]);
});

test('(c) somebody with Firefox who never has a network gets everything by stick from Chromium, and sends it back', async ({
  world,
}) => {
  await goByStickAlone(world, {}, { browser: 'firefox' });
});

test('(c) somebody with Chromium who never has a network gets everything by stick from Firefox, and sends it back', async ({
  world,
}) => {
  await goByStickAlone(world, { browser: 'firefox' }, {});
});
