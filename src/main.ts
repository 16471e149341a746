/** The app's start: builds what knows a browser, hands it to the device, and shows the screens. */
// before anything changes the page
import { isFilePage } from './app/single-file.ts';
import { mount } from 'svelte';
import { version } from '../package.json' with { type: 'json' };
import './ui/shared/tokens.css';
import './ui/shared/base.css';
import { Device } from './app/device.svelte.ts';
import { createBrowserEnvironment } from './app/environment.ts';
import type { LiveParts } from './app/live/parts.ts';
import { pageHubOf } from './app/preferences.svelte.ts';
import { listenForInstalling } from './app/today/install.svelte.ts';
import { startLanguages } from './i18n/language.svelte.ts';
import { t } from './i18n/t.ts';
import type { NetworkCrypto } from './transports/network.ts';
import App from './ui/App.svelte';
import { startRouter } from './ui/router.svelte.ts';
import { takeLaunched } from './ui/shared/launched.ts';
import { registerServiceWorker } from './ui/shared/serviceWorker.ts';
import { startTheme } from './ui/shared/theme.svelte.ts';
import { say } from './ui/shared/undo.svelte.ts';
import { offerUpdate } from './ui/shared/update.svelte.ts';

const DATABASE = 'weft';
const SHELF = 'weft-shelf';
/** the service worker stores there too */
const WAITING = 'weft-waiting';
/** for the page that comes next in this tab, to say it once */
const ERASED = 'weft.erased';

/** Kept in clear and before any space is open, so only what says nothing of the person's spaces: language and look. */
const preference = (name: string) => ({
  read: (): unknown => localStorage.getItem(`weft.${name}`),
  write: (value: string): void => localStorage.setItem(`weft.${name}`, value),
  forget: (): void => localStorage.removeItem(`weft.${name}`),
});
const [localePreference, themePreference] = [preference('language'), preference('theme')];

listenForInstalling();
startTheme(themePreference);
await startLanguages(localePreference, navigator.languages);
startRouter();

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no #app');

const environment = createBrowserEnvironment();

/** What needs others is fetched when there is a space to be live in, and what needs the network when there is a hub. */
const liveParts = async (): Promise<LiveParts> => {
  const [{ createTabsTransport }, crypto, { fromHex }] = await Promise.all([
    import('./transports/tabs.ts'),
    import('./crypto/index.ts'),
    import('./lib/bytes.ts'),
  ]);
  const { random } = environment;
  const { agree, createBoxKeys, open, openRandom, seal, sealRandom } = crypto;
  const hash = (bytes: Uint8Array): Uint8Array => crypto.sha256(bytes);
  const networkCrypto: NetworkCrypto = {
    random,
    hash,
    derive: crypto.hkdf,
    createKeys: (secret) => {
      const keys = createBoxKeys(secret);
      return { publicKey: keys.publicKey, agree: (theirs) => agree(keys, theirs) };
    },
    seal,
    open,
    sealRandom: (key, plain) => sealRandom(key, plain, random),
    openRandom,
  };
  return {
    environment,
    // not there on plain http from another machine
    locks: 'locks' in navigator ? navigator.locks : null,
    tabs: (room) => createTabsTransport({ room, random, hash }),
    network: async ({ password, ...room }) => {
      const { createNetwork } = await import('./transports/network.ts');
      // such a page keeps nothing of the app, and whoever serves it may be gone when two want to connect
      if (!isSecureContext) void import('./transports/webrtc/nearby.ts').catch(() => undefined);
      return createNetwork({ ...room, key: fromHex(password), isSecure: isSecureContext, crypto: networkCrypto });
    },
  };
};

const waitingFiles = () => import('./storage/waiting-files.ts');

const device = new Device({
  environment,
  waitingFiles: {
    add: async (files, about) => (await waitingFiles()).addWaiting(WAITING, files, about),
    list: async () => (await waitingFiles()).listWaiting(WAITING),
    change: async (ids, about) => (await waitingFiles()).changeWaiting(WAITING, ids, about),
    remove: async (ids) => (await waitingFiles()).removeWaiting(WAITING, ids),
  },
  version,
  pageHub: pageHubOf(location),
  needsPassphrase: isFilePage(),
  goLive: async (space, chosen) => {
    const [{ LiveSpace }, parts] = await Promise.all([import('./app/live/live.svelte.ts'), liveParts()]);
    return new LiveSpace(space, () => ({ hubs: chosen.hubs, presence: chosen.presence }), parts);
  },
  joinLive: async (pending, request, stop) => {
    const [{ createJoinLive }, { createVerifier }, parts] = await Promise.all([
      import('./app/live/join-live.ts'),
      import('./crypto/index.ts'),
      liveParts(),
    ]);
    const join = createJoinLive(
      parts,
      async () => createVerifier(environment.subtle),
      () => device.preferences.hubs,
    );
    return join(pending, request, stop);
  },
  openShelf: async () => (await import('./storage/shelf.ts')).openShelf(SHELF),
  openStorage: async () => (await import('./storage/dexie.ts')).openDexieStorage(DATABASE),
  openMemory: async () => (await import('./storage/memory.ts')).createMemoryStorage(),
  erase: async () => {
    const [{ deleteDexieStorage }, { deleteShelf }] = await Promise.all([
      import('./storage/dexie.ts'),
      import('./storage/shelf.ts'),
    ]);
    const { deleteWaiting } = await waitingFiles();
    const [deleted] = await Promise.all([deleteDexieStorage(DATABASE), deleteShelf(SHELF), deleteWaiting(WAITING)]);
    for (const kept of [localePreference, themePreference]) kept.forget();
    return deleted;
  },
  beginAnew: (isErased) => {
    sessionStorage.clear();
    if (isErased) sessionStorage.setItem(ERASED, 'yes');
    location.replace(location.pathname);
  },
});
// opened with the app from a file manager: stored first, as what is shared is
takeLaunched(async (files) => {
  await device.waitingFiles.add(files, { space: null, state: 'new' });
  location.hash = '#/exchange?dialog=openBundle';
});
mount(App, { target, props: { device } });
await device.start();
if (sessionStorage.getItem(ERASED) !== null) {
  sessionStorage.removeItem(ERASED);
  say(t('first.erase.done'));
}

if (import.meta.env.PROD && import.meta.env.MODE !== 'single')
  await registerServiceWorker({ onUpdate: offerUpdate, beforeReload: () => device.flush() });
