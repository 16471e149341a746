/** People in one room: they join over the network, write together, and see each other. */
import { FirstMinute } from '../pages/first.ts';
import { People } from '../pages/people.ts';
import { expect, test, type Person, type World } from '../world.ts';

const begin = async (person: Person, address: string): Promise<FirstMinute> => {
  const first = new FirstMinute(person.page);
  await first.open(address);
  await first.chooseLanguage();
  return first;
};

const found = async (world: World): Promise<Person> => {
  const alice = await world.person('Alice');
  const first = await begin(alice, world.hub.url);
  await first.startSpace('Harbour to Hills', { name: 'Alice', group: 'Dockers’ Circle' });
  return alice;
};

test('somebody joins by link while the organizer looks on', async ({ world }) => {
  const alice = await found(world);
  const people = new People(alice.page);
  await people.open();
  const invite = await people.invite();
  const bob = await world.person('Bob');
  const first = await begin(bob, world.hub.url);
  await bob.page.goto(`${world.hub.url}#/join/${invite}`);
  await first.introduce({ name: 'Bob', group: 'Hill Farmers' });
  await alice.page.getByRole('button', { name: 'Let in Bob' }).click();
  await expect(bob.page.getByText('You are in. Welcome, Bob.')).toBeVisible();
  await expect(people.member('Bob')).toContainText('Hill Farmers');
  await expect(alice.page.getByText(/1 (person )?here now|1 here/i).first()).toBeVisible();
});
