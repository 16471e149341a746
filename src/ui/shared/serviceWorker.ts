/** Registers the offline app, and changes to a new version only when a person says so. */
export interface ServiceWorkerHooks {
  /** A new version waits. `useNow` makes every open tab of the app load again with it. */
  readonly onUpdate: (useNow: () => void) => void;
  /** Resolves once everything written in this tab is saved; the tab then loads again. */
  readonly beforeReload: () => Promise<void>;
}

export async function registerServiceWorker({ onUpdate, beforeReload }: ServiceWorkerHooks): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const container = navigator.serviceWorker;

  let controlled = container.controller !== null;
  let reloading = false;
  const reload = async (): Promise<void> => {
    if (reloading) return;
    reloading = true;
    await beforeReload();
    location.reload();
  };

  container.addEventListener('controllerchange', () => {
    // the first worker of all takes over a page that is already its own version
    if (controlled) void reload();
    controlled = true;
  });

  const registration = await container.register('./sw.js', { updateViaCache: 'none' });

  const offer = (worker: ServiceWorker): void => {
    if (!container.controller) return;
    onUpdate(() => {
      // iOS does not always tell the page that its controller has changed
      worker.addEventListener('statechange', () => worker.state === 'activated' && void reload());
      worker.postMessage('use-now');
    });
  };

  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => worker.state === 'installed' && offer(worker));
  });
}
