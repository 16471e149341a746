/**
 * A filled space to look around in, in the reader's language and made by the same steps as any other: two groups, a
 * palette, a text that holds, one whose source has changed since, and a language that nobody has said it in yet.
 */
import { fetchWords, language } from '../../i18n/language.svelte.ts';
import type { LanguageTag } from '../../i18n/languages.ts';
import { t } from '../../i18n/t.ts';
import { wordsIn } from '../../i18n/words-in.ts';
import type { PointId } from '../../documents/talking-points/index.ts';
import type { Result } from '../../lib/result.ts';
import type { Environment } from '../../sync/environment.ts';
import type { Storage } from '../../sync/storage.ts';
import type * as Core from '../core.ts';
import { alone } from '../presence-types.ts';
import { Space } from '../space.svelte.ts';
import { examplePalette } from '../talk/example.ts';
import type { Palette } from '../talk/palette.svelte.ts';
import { openPointDesk, type PointDesk } from '../talk/point-desk.svelte.ts';
import { Talk } from '../talk/talk.svelte.ts';
import { openVariantDesk } from '../talk/variant-desk.svelte.ts';

export { createForgetfulShelf } from './forgetful-shelf.ts';

/** `storage` is to be one that keeps nothing: then no step of this can fail but by a bug, which is thrown. */
export const buildExample = async (storage: Storage, core: typeof Core, environment: Environment): Promise<Space> => {
  await fetchWords(['talk']);
  const [said, unsaid] = others(language.tag);
  const group = { name: t('talk.example.group'), region: '', languages: [language.tag, said], timeZone: '' };
  const name = t('talk.example.me');
  const replica = sure(
    await core.foundSpace(
      storage,
      { space: t('talk.example.space'), name, group },
      core.createVerifier(environment.subtle),
      environment,
    ),
  );
  sure(await replica.changeProfile({ name, languages: [language.tag, said] }));
  sure(
    await replica.createGroup({ name: t('talk.example.otherGroup'), region: '', languages: [unsaid], timeZone: '' }),
  );
  await fill(new Talk({ replica, presence: alone, random: environment.random, now: environment.now }), said);
  sure(await replica.flush());
  return new Space(replica, sure(await core.openInvites(storage, replica, environment)), true);
};

const fill = async (talk: Talk, said: LanguageTag): Promise<void> => {
  const words = await wordsIn(said, 'talk');
  const palette = there(talk.palette(sure(await talk.createPalette(examplePalette()))));
  await palette.opened;
  const [hungry, comesHome] = there(palette.view).points;
  const [first, second] = [there(hungry).id, there(comesHome).id];
  change(palette, first, (desk) => desk.set({ field: 'status', value: 'approved' }));
  change(palette, second, (desk) => desk.set({ field: 'status', value: 'approved' }));
  await sayIn(palette, first, said, words('talk.example.hungry.message'));
  await sayIn(palette, second, said, words('talk.example.return.message'));
  change(palette, second, (desk) => {
    const message = there(desk.text('message'));
    const before = message.read();
    message.write(before, `${before} ${t('talk.example.added')}`, 0);
  });
};

const change = (palette: Palette, point: PointId, what: (desk: PointDesk) => void): void => {
  const desk = there(openPointDesk(palette, point));
  what(desk);
  desk.close();
};

const sayIn = async (palette: Palette, point: PointId, tongue: LanguageTag, text: string): Promise<void> => {
  const owner = there(palette.company.me).group;
  const id = sure(await palette.createVariant({ point, language: tongue, owner, writers: 'members' }));
  await palette.variant(id).opened;
  const desk = there(openVariantDesk(palette, id));
  there(desk.text('text')).write('', text, text.length);
  desk.set({ field: 'status', value: 'done' });
  sure(await desk.approve(true));
  desk.close();
};

/** One that it is said in too, and one that it is not; of another script where that can be. */
const others = (own: LanguageTag): readonly [LanguageTag, LanguageTag] => {
  if (own === 'ar') return ['en', 'fr'];
  return own === 'fr' ? ['ar', 'en'] : ['ar', 'fr'];
};

const sure = <T>(result: Result<T, { readonly type: string }>): T => {
  if (!result.ok) throw new Error(`the example cannot be made: ${result.error.type}`);
  return result.value;
};

const there = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('the example lacks a part');
  return value;
};
