/**
 * Installing to the home screen, offered after the first real edit and never before. Browsers tell once, soon after
 * the page has loaded, that they can ask; so this listens from the start.
 */

/** Chromium's own event; not in the types, since it is no standard. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

export type InstallWay =
  /** nothing to offer: it is installed, or runs as installed */
  | { readonly type: 'installed' }
  /** the browser asks when it is told to */
  | { readonly type: 'prompt' }
  /** by the share button on an iPhone or iPad, by the browser's menu elsewhere */
  | { readonly type: 'share' }
  | { readonly type: 'menu' };

let waiting = $state.raw<InstallPrompt | null>(null);
let isInstalled = $state(false);

/** Once, before the page has loaded. */
export const listenForInstalling = (): void => {
  isInstalled = matchMedia('(display-mode: standalone)').matches;
  window.addEventListener('beforeinstallprompt', (event) => {
    // otherwise the browser asks by itself, before anybody has seen what it is for
    event.preventDefault();
    if ('prompt' in event) waiting = event as InstallPrompt;
  });
  window.addEventListener('appinstalled', () => {
    waiting = null;
    isInstalled = true;
  });
};

export const installing = {
  get way(): InstallWay {
    if (isInstalled) return { type: 'installed' };
    if (waiting) return { type: 'prompt' };
    return { type: /\b(iPhone|iPad|iPod)\b/.test(navigator.userAgent) ? 'share' : 'menu' };
  },
  async ask(): Promise<void> {
    const prompt = waiting;
    waiting = null;
    const answer = await prompt?.prompt();
    if (answer?.outcome === 'accepted') isInstalled = true;
  },
};
