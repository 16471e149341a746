/** People who begin, join over the network and meet in one text: what live stories have in common. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filmQr } from './camera.ts';
import { FirstMinute } from './pages/first.ts';
import { People } from './pages/people.ts';
import { TalkingPoints } from './pages/talking-points.ts';
import { expect, type Person, type PersonOptions, type World } from './world.ts';

export const MESSAGE = 'Every crew comes home.';

const begin = async (person: Person, address: string): Promise<FirstMinute> => {
  const first = new FirstMinute(person.page);
  await first.open(address);
  await first.chooseLanguage();
  return first;
};

export const found = async (world: World, options: PersonOptions = {}): Promise<Person> => {
  const alice = await world.person('Alice', options);
  const first = await begin(alice, world.hub.url);
  await first.startSpace('Harbour to Hills', { name: 'Alice', group: 'Dockers’ Circle' });
  return alice;
};

/** The organizer's page shows who knocks; the newcomer is in when this resolves. */
export const letIn = async (alice: Person, newcomer: Person): Promise<void> => {
  await alice.page.getByRole('button', { name: `Let in ${newcomer.name}` }).click();
  await expect(newcomer.page.getByText(`You are in. Welcome, ${newcomer.name}.`)).toBeVisible({ timeout: 40_000 });
};

export const joinByLink = async (
  world: World,
  alice: Person,
  name: string,
  group: string,
  options: PersonOptions = {},
): Promise<Person> => {
  const people = new People(alice.page);
  await people.open();
  const newcomer = await comeWith(world, await people.invite(), name, group, options);
  await letIn(alice, newcomer);
  return newcomer;
};

/** A newcomer with an invite's link, up to where they wait. */
export const comeWith = async (
  world: World,
  invite: string,
  name: string,
  group: string,
  options: PersonOptions = {},
): Promise<Person> => {
  const { at = world.hub.url } = options;
  const newcomer = await world.person(name, options);
  const first = await begin(newcomer, at);
  await newcomer.page.goto(`${at}#/join/${invite}`);
  await first.introduce({ name, group });
  expect(newcomer.page.url()).not.toContain(invite);
  return newcomer;
};

export const joinByCamera = async (world: World, alice: Person, name: string, group: string): Promise<Person> => {
  const people = new People(alice.page);
  await people.open();
  const camera = join(mkdtempSync(join(tmpdir(), 'weft-camera-')), 'invite.y4m');
  filmQr(camera, await people.invite());
  const newcomer = await world.person(name, { camera });
  const first = await begin(newcomer, world.hub.url);
  await first.door('Join with an invite').click();
  await newcomer.page.getByRole('button', { name: 'Scan a code' }).click();
  await first.introduce({ name, group });
  await letIn(alice, newcomer);
  return newcomer;
};

/** By a page that may not look through the camera: with a picture that was taken of the invite's code. */
export const joinByPicture = async (
  world: World,
  alice: Person,
  name: string,
  group: string,
  options: PersonOptions,
): Promise<Person> => {
  const people = new People(alice.page);
  await people.open();
  const buffer = await people.pictureOfInvite();
  const newcomer = await world.person(name, options);
  const { page } = newcomer;
  const first = await begin(newcomer, options.at ?? world.hub.url);
  await first.door('Join with an invite').click();
  await page.getByRole('button', { name: 'Scan a code' }).click();
  const takePicture = page.getByLabel('Take a picture of the code');
  await takePicture.setInputFiles({ name: 'wall.png', mimeType: 'image/png', buffer: await page.screenshot() });
  await expect(page.getByText('No code was found in this picture.', { exact: false })).toBeVisible();
  await takePicture.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
  await first.introduce({ name, group });
  await letIn(alice, newcomer);
  return newcomer;
};

/** So that no hub is even tried. */
export const useNoHub = async ({ page }: Person): Promise<void> => {
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  await page.getByRole('checkbox', { name: 'The one this page came from' }).uncheck();
  await page.getByRole('link', { name: 'Exchange', exact: true }).first().click();
  await expect(page.getByText('This device connects to nobody', { exact: false })).toBeVisible();
};

/** A palette with one point, which its author has open. */
export const beginPoint = async (alice: Person): Promise<TalkingPoints> => {
  const talk = new TalkingPoints(alice.page);
  await talk.open();
  await talk.beginPalette('Port strike', 'English');
  await talk.addPoint('Safety', MESSAGE);
  return talk;
};

/** Opens the point that somebody else began, once it has come. */
export const openPoint = async (person: Person): Promise<TalkingPoints> => {
  const talk = new TalkingPoints(person.page);
  await talk.open();
  await person.page.getByRole('link', { name: 'Port strike' }).click({ timeout: 60_000 });
  await person.page.locator('tbody th a', { hasText: MESSAGE.slice(0, 10) }).click();
  await expect(talk.message).toHaveValue(new RegExp(MESSAGE.slice(0, 10)));
  return talk;
};

/** All texts are equal, and stay so once nobody types. */
export const expectEven = async (talks: readonly TalkingPoints[], wanted: RegExp): Promise<string> => {
  const values = (): Promise<readonly string[]> => Promise.all(talks.map((talk) => talk.message.inputValue()));
  await expect
    .poll(
      async () => {
        const all = await values();
        return new Set(all).size === 1 && wanted.test(all[0] ?? '') ? 'even' : all.join('\n');
      },
      { timeout: 60_000 },
    )
    .toBe('even');
  return (await values())[0] ?? '';
};

const count = (text: string, letter: string): number => [...text].filter((each) => each === letter).length;
export const expectLetters = (text: string, counts: Readonly<Record<string, number>>): void => {
  for (const [letter, times] of Object.entries(counts)) expect(count(text, letter), letter).toBe(times);
};

/** Nobody's browser asked for anything but the hub, and no ICE server was ever named. */
export const expectNoForeignHost = (world: World, people: readonly Person[]): void => {
  const { host } = new URL(world.hub.url);
  for (const { name, seen } of people) {
    expect(
      [...seen.hosts].filter((each) => each !== host),
      `${name}: requests`,
    ).toEqual([]);
    expect(
      [...seen.sockets].filter((each) => each !== host),
      `${name}: sockets`,
    ).toEqual([]);
    expect(
      [...seen.iceServers].filter((each) => each !== '[]'),
      `${name}: ICE servers`,
    ).toEqual([]);
    expect(seen.errors, `${name}: errors of the page`).toEqual([]);
  }
};
