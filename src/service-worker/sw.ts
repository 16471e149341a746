/**
 * Keeps the app on the device: every chunk and language is stored when a version is installed, and nothing is fetched
 * from anywhere at run time. A new version waits until a person agrees to it.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

import { addWaiting } from '../storage/waiting-files.ts';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
// the app as one file is the server's to give: it is not stored with the app
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: [/\/weft\.html$/] }));

/** As main.ts has it. */
const WAITING = 'weft-waiting';

/** What is shared to the app is stored before anything else, and opened by its page: that may be locked, or not there. */
const receive = async (request: Request): Promise<Response> => {
  const data = await request.formData();
  const files = data.getAll('bundle').filter((each) => each instanceof File);
  await addWaiting(WAITING, files, { space: null, state: 'new' });
  return Response.redirect('./#/exchange?dialog=openBundle', 303);
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isShared =
    request.method === 'POST' && new URL(request.url).pathname === new URL('share', self.registration.scope).pathname;
  if (isShared) event.respondWith(receive(request));
});

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
