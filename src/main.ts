import { mount } from 'svelte';
import './ui/shared/tokens.css';
import './ui/shared/base.css';
import { startLanguages } from './i18n/language.svelte.ts';
import App from './ui/App.svelte';
import { startRouter } from './ui/router.svelte.ts';
import { registerServiceWorker } from './ui/shared/serviceWorker.ts';
import { startTheme } from './ui/shared/theme.svelte.ts';
import { offerUpdate } from './ui/shared/update.svelte.ts';

/** Kept in clear and before any space is open, so only what says nothing of the person's spaces: language and look. */
const preference = (name: string) => ({
  read: (): unknown => localStorage.getItem(`weft.${name}`),
  write: (value: string): void => localStorage.setItem(`weft.${name}`, value),
});

startTheme(preference('theme'));
await startLanguages(preference('language'), navigator.languages);
startRouter();

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no #app');
mount(App, { target });

if (import.meta.env.PROD) await registerServiceWorker({ onUpdate: offerUpdate, beforeReload: async () => {} });
