/**
 * Keeps the app on the device: every chunk and language is stored when a version is installed, and nothing is fetched
 * from anywhere at run time. A new version waits until a person agrees to it.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

self.addEventListener('message', (event) => {
  if (event.data === 'use-now') void self.skipWaiting();
});

// the very first tab becomes an offline app without a reload
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// a reminder leads back to the app, and to no more than that: what it is about is nobody's but the app's
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showApp());
});

const showApp = async (): Promise<void> => {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (open) await open.focus();
  else await self.clients.openWindow('./');
};
