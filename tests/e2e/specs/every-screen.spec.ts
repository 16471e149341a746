/**
 * Every screen and every dialog of the registry, in English and Arabic, light and dark: axe finds nothing, and nothing
 * sticks out of a phone or an enlarged page. A screen that is added to the registry needs a state in the table.
 * WEFT_SHOTS=<folder> writes a picture of each.
 */
import type { Page } from '@playwright/test';
import { dialogs, routes } from '../../../src/ui/routes.ts';
import { lookAt } from '../every-screen/look-at.ts';
import { PASSPHRASE, Scene } from '../every-screen/scene.ts';
import { dialogStates, earlyStates, otherStates, routeStates, type Stage, type State } from '../every-screen/states.ts';
import { expect, test } from '../world.ts';

test('every screen and dialog of the registry has a state in the table', () => {
  expect(Object.keys(routeStates).sort()).toEqual(Object.keys(routes).sort());
  expect(Object.keys(dialogStates).sort()).toEqual(Object.keys(dialogs).sort());
  for (const [name, states] of Object.entries({ ...routeStates, ...dialogStates }))
    expect(states, name).not.toEqual([]);
});

const stages: Readonly<Record<Stage, (scene: Scene) => Promise<void>>> = {
  fresh: async ({ newcomer, address }) => {
    await newcomer.page.goto(address);
  },
  begun: (scene) => scene.found(),
  woven: async (scene) => {
    await scene.weave(scene.organizer.page);
    await scene.draft(scene.organizer.page);
    await scene.plan(scene.organizer.page);
  },
  asking: async (scene) => {
    const { page } = scene.organizer;
    await page.goto('#/people?dialog=invite');
    await scene.makeInvite(page);
  },
  joined: async (scene) => {
    const { organizer, newcomer, say } = scene;
    const { page } = organizer;
    await page.goto('#/people');
    await page.getByRole('button', { name: `${say('people.knocks.admit')} Bruno` }).click();
    await expect(newcomer.page.getByText(say('first.wait.welcome', { name: 'Bruno' }))).toBeVisible();
    // one that nobody has used yet
    await page.goto('#/people?dialog=invite');
    await scene.makeInvite(page);
  },
  locked: async ({ organizer: { page }, say }) => {
    await page.goto('#/settings?dialog=passphrase');
    await page.getByLabel(say('first.passphrase.new'), { exact: true }).fill(PASSPHRASE);
    await page.getByLabel(say('first.passphrase.again')).fill(PASSPHRASE);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('common.action.save') })
      .click();
    await expect(page.getByRole('dialog')).toBeHidden();
  },
};

for (const tongue of ['en', 'ar'] as const) {
  test(`every screen and dialog can be read by everybody: ${tongue}`, async ({ world }) => {
    test.setTimeout(600_000);
    const scene = await Scene.begin(world, tongue);
    const wrong: string[] = [];
    let turn = 0;
    for (const [stage, enter] of Object.entries(stages)) {
      await test.step(stage, () => enter(scene));
      for (const [name, state] of statesOf(stage)) {
        const label = state.as === undefined ? name : `${name} (${state.as})`;
        await test.step(label, async () => {
          const page = await show(state, scene);
          wrong.push(...(await lookAt(page, label, tongue, turn++)));
          const stays = [scene.organizer.page, scene.newcomer.page, scene.kept];
          if (!stays.includes(page)) await page.close();
        });
      }
    }
    scene.stick.close();
    expect(wrong).toEqual([]);
    expect(scene.organizer.seen.errors).toEqual([]);
  });
}

const statesOf = (stage: string): readonly (readonly [string, State])[] =>
  [earlyStates, routeStates, dialogStates, otherStates].flatMap((table) =>
    Object.entries(table).flatMap(([name, states]) =>
      states.filter(({ when }) => when === stage).map((state) => [name, state] as const),
    ),
  );

const show = async (state: State, scene: Scene): Promise<Page> => {
  const { page } = state.newcomer ? scene.newcomer : scene.organizer;
  const address = state.at?.(scene);
  if (address !== undefined) await page.goto(scene.address + address);
  const shown = (await state.prepare?.(page, scene)) ?? page;
  await expect(state.shows(shown, scene)).toBeVisible();
  await expect(shown.getByText(scene.say('common.qr.drawing'))).toHaveCount(0);
  return shown;
};
