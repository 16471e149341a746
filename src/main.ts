/** The app's start: builds what knows a browser, hands it to the device, and shows the screens. */
import { mount } from 'svelte';
import { version } from '../package.json' with { type: 'json' };
import './ui/shared/tokens.css';
import './ui/shared/base.css';
import { Device } from './app/device.svelte.ts';
import { createBrowserEnvironment } from './app/environment.ts';
import { pageHubOf } from './app/preferences.svelte.ts';
import { listenForInstalling } from './app/today/install.svelte.ts';
import { startLanguages } from './i18n/language.svelte.ts';
import App from './ui/App.svelte';
import { startRouter } from './ui/router.svelte.ts';
import { registerServiceWorker } from './ui/shared/serviceWorker.ts';
import { startTheme } from './ui/shared/theme.svelte.ts';
import { offerUpdate } from './ui/shared/update.svelte.ts';

const DATABASE = 'weft';
const SHELF = 'weft-shelf';

/** Kept in clear and before any space is open, so only what says nothing of the person's spaces: language and look. */
const preference = (name: string) => ({
  read: (): unknown => localStorage.getItem(`weft.${name}`),
  write: (value: string): void => localStorage.setItem(`weft.${name}`, value),
});

listenForInstalling();
startTheme(preference('theme'));
await startLanguages(preference('language'), navigator.languages);
startRouter();

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no #app');

const device = new Device({
  environment: createBrowserEnvironment(),
  version,
  pageHub: pageHubOf(location),
  openShelf: async () => (await import('./storage/shelf.ts')).openShelf(SHELF),
  openStorage: async () => (await import('./storage/dexie.ts')).openDexieStorage(DATABASE),
  erase: async () => {
    const [{ deleteDexieStorage }, { deleteShelf }] = await Promise.all([
      import('./storage/dexie.ts'),
      import('./storage/shelf.ts'),
    ]);
    await Promise.all([deleteDexieStorage(DATABASE), deleteShelf(SHELF)]);
    sessionStorage.clear();
    location.replace(location.pathname);
  },
});
mount(App, { target, props: { device } });
await device.start();

if (import.meta.env.PROD) await registerServiceWorker({ onUpdate: offerUpdate, beforeReload: () => device.flush() });
