/**
 * A page that is left may come back from the browser's back-forward cache. `beforeunload` is no sign of leaving:
 * it also fires for a download or a `mailto:` link on a page that goes on living.
 */
export const watchPageLife = (page: { readonly left: () => void; readonly back: () => void }): (() => void) => {
  if (typeof addEventListener !== 'function') return () => undefined;
  const hide = (): void => page.left();
  const show = (event: Event): void => {
    if ('persisted' in event && event.persisted === true) page.back();
  };
  addEventListener('pagehide', hide);
  addEventListener('pageshow', show);
  return () => {
    removeEventListener('pagehide', hide);
    removeEventListener('pageshow', show);
  };
};
