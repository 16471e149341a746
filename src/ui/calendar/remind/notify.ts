/** What a reminder says, and how it comes to stand on the device's screen. */
import type { Reminded } from '../../../app/calendar/reminding.svelte.ts';
import { language } from '../../../i18n/language.svelte.ts';
import { t } from '../../../i18n/t.ts';
import { dateOfWall, zoneOf, type ZoneId } from '../../../times/index.ts';
import { rhythmName } from '../rhythm/words.ts';
import { titleOf } from '../words/called.ts';
import { clockIn, shortWhen } from '../words/clock.ts';

export type Permission = NotificationPermission | 'unsupported';

export const permissionNow = (): Permission => ('Notification' in globalThis ? Notification.permission : 'unsupported');

/** Only at a tap: the browser asks the person. */
export const askPermission = async (): Promise<Permission> =>
  permissionNow() === 'default' ? await Notification.requestPermission() : permissionNow();

export interface Note {
  readonly title: string;
  readonly body: string;
}

/** It may stand on a locked screen, so it says what is coming up only where the person wants that. */
export const noteOf = (
  reminded: Reminded,
  { zone, now, names }: { readonly zone: ZoneId; readonly now: number; readonly names: boolean },
): Note => {
  const { when } = reminded;
  const short = shortWhen(when, zone);
  if (names)
    return reminded.type === 'action'
      ? { title: titleOf(reminded), body: short }
      : { title: rhythmName(reminded.checkIn.rhythm), body: t('remind.note.host', { when: short }) };
  const { wallAt } = zoneOf(zone);
  const isToday = when.type === 'timed' && dateOfWall(wallAt(reminded.until)) === dateOfWall(wallAt(now));
  const body = isToday
    ? t('remind.note.at', { time: clockIn(when, zone).start })
    : t('remind.note.on', { when: short });
  return { title: t('common.app.name'), body };
};

/** `tag`: another one of the same tag takes its place, so that none is there twice. */
export const showNote = ({ title, body }: Note, tag: string): Promise<void> =>
  inTurn(async () => {
    const options = {
      body,
      tag: PREFIX + tag,
      icon: 'icon-192.png',
      lang: language.tag,
      dir: language.direction,
    } as const;
    const worker = await workerOf();
    if (worker) await worker.showNotification(title, options);
    else new Notification(title, options);
  });

/** What was moved, called off or has begun is not announced any longer; whoever locks the space leaves nothing of it. */
export const takeNotesAway = (but: ReadonlySet<string> = new Set()): Promise<void> =>
  inTurn(async () => {
    const notes = (await (await workerOf())?.getNotifications()) ?? [];
    for (const note of notes) if (note.tag.startsWith(PREFIX) && !but.has(note.tag.slice(PREFIX.length))) note.close();
  });

let last: Promise<unknown> = Promise.resolve();

/** One after another: what is to go must not be looked for before it has come. */
const inTurn = (action: () => Promise<void>): Promise<void> => {
  const done = last.then(action);
  last = done.catch(() => undefined);
  return done;
};

const PREFIX = 'weft-';

/** undefined where the app is not kept on the device */
const workerOf = async (): Promise<ServiceWorkerRegistration | undefined> =>
  'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
