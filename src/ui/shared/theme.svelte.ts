/** Light, dark, or as the device wishes. Kept by an injected preference, like the language. */
export const themes = ['system', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

export interface ThemePreference {
  read(): unknown;
  write(theme: Theme): void;
}

let current = $state<Theme>('system');
let preference: ThemePreference | undefined;

export const theme = {
  get current(): Theme {
    return current;
  },
};

export function startTheme(kept: ThemePreference): void {
  preference = kept;
  const known = kept.read();
  show(themes.find((name) => name === known) ?? 'system');
}

export function chooseTheme(chosen: Theme): void {
  show(chosen);
  preference?.write(chosen);
}

function show(chosen: Theme): void {
  current = chosen;
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
  // the phone's own bar takes the paper's colour, whichever it now is
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper);
}
