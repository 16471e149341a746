/** Where the person is, as runes over the address's hash: works on any host and below any path. */
import { tick } from 'svelte';
import { t } from '../i18n/t.ts';
import {
  addressOf,
  hrefOf,
  parseRoute,
  routes,
  type DialogName,
  type Look,
  type Route,
  type RouteName,
} from './routes.ts';

let current = $state.raw<Route | undefined>(undefined);
let invite: string | undefined;

/** The screen that is shown; undefined where the address names none. */
export const router = {
  get route(): Route | undefined {
    return current;
  },
};

/**
 * Reads the address and follows it. First thing in the app: an invite in the fragment is taken out of the address and
 * out of the history before anything else can see it.
 */
export function startRouter(): () => void {
  const follow = (): void => {
    takeInviteFromAddress();
    const next = parseRoute(location.hash);
    const moved = next?.name !== current?.name || JSON.stringify(next?.ids) !== JSON.stringify(current?.ids);
    const first = current === undefined;
    current = next;
    if (moved && !first) void focusHeading();
  };
  follow();
  window.addEventListener('hashchange', follow);
  window.addEventListener('popstate', follow);
  const stopTitle = $effect.root(() => {
    $effect(showTitle);
  });
  return () => {
    stopTitle();
    window.removeEventListener('hashchange', follow);
    window.removeEventListener('popstate', follow);
  };
}

/** The invite that the app was opened with, once. */
export function takeInvite(): string | undefined {
  const taken = invite;
  invite = undefined;
  return taken;
}

/** Goes to a screen; `replace` where Back should not return to this one (after a deletion, at the end of a form). */
export function go(name: RouteName, ids: Readonly<Record<string, string>> = {}, replace = false): void {
  const href = hrefOf(name, ids);
  if (href === location.hash) return;
  if (!replace) {
    location.hash = href;
    return;
  }
  history.replaceState(null, '', href);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** Opens a dialog over this screen. It has an address of its own, so that a phone's Back button closes it. */
export function openDialog(dialog: DialogName, of?: string): void {
  if (!current) return;
  history.pushState({ dialog: true }, '', addressOf({ ...current, dialog, of }));
  window.dispatchEvent(new PopStateEvent('popstate'));
}

export function closeDialog(): void {
  if (!current?.dialog) return;
  const opened: unknown = history.state;
  if (typeof opened === 'object' && opened !== null && 'dialog' in opened) {
    history.back();
    return;
  }
  // the app was started at this address: there is nothing to go back to
  history.replaceState(null, '', addressOf({ ...current, dialog: undefined, of: undefined }));
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/**
 * This screen is looked at in another way, and a reload will find it so; `push` where Back should return to how it was
 * before. Whatever is open over it stays.
 */
export function lookAt(look: Look, push = false): void {
  if (!current) return;
  const address = addressOf({ ...current, look });
  if (address === location.hash) return;
  if (push) history.pushState(null, '', address);
  else history.replaceState(history.state, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** The window's title: the screen and the app, never a space's name, which a passer-by could read in the task list. */
function showTitle(): void {
  const name = t('common.app.name');
  const screen = current ? t(routes[current.name].title) : name;
  document.title = screen === name ? name : `${screen} · ${name}`;
}

function takeInviteFromAddress(): void {
  const code = /^#\/join\/(.+)$/.exec(location.hash)?.[1];
  if (code === undefined) return;
  invite = code;
  history.replaceState(null, '', '#/join');
}

async function focusHeading(): Promise<void> {
  await tick();
  window.scrollTo(0, 0);
  document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus({ preventScroll: true });
}
