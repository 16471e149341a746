/** A calendar's view and its date stand in the address, so that Back and a reload find them again. What is searched for never does. */
import { untrack } from 'svelte';
import { firstOf, monthOf } from '../../app/calendar/months.ts';
import { VIEWS, type Seeing } from '../../app/calendar/seeing.svelte.ts';
import { parseWallDate } from '../../times/index.ts';
import { lookAt, router } from '../router.svelte.ts';
import type { Look } from '../routes.ts';

/** Browsers let a page change its address only so often, and a key that is held down turns over many days. */
const PAUSE = 400;

/** Call it while the screen of the calendar `id` is made. `seeing`: null until the calendar is there. */
export const keepInAddress = (id: () => string, seeing: () => Seeing | null): void => {
  let settled = '';
  let written = -PAUSE;

  const lookNow = (): Look | null => {
    const { route } = router;
    return route?.name === 'calendarView' && route.ids['calendar'] === id() ? (route.look ?? {}) : null;
  };

  // Back, a reload or a link: the address says what is seen
  $effect(() => {
    const [at, look] = [seeing(), lookNow()];
    if (at === null || look === null || keyOf(look) === settled) return;
    settled = keyOf(look);
    untrack(() => seeAs(at, look));
  });

  // the person looks elsewhere: the address follows
  $effect(() => {
    const [at, look] = [seeing(), lookNow()];
    if (at === null || look === null) return undefined;
    const wanted = lookOf(at);
    if (keyOf(look) === keyOf(wanted)) return undefined;
    const isOtherView = look['view'] !== undefined && look['view'] !== wanted['view'];
    const write = (): void => {
      if (untrack(lookNow) === null) return;
      settled = keyOf(wanted);
      written = performance.now();
      lookAt(wanted, isOtherView);
    };
    const wait = isOtherView ? 0 : written + PAUSE - performance.now();
    if (wait <= 0) {
      untrack(write);
      return undefined;
    }
    const timer = setTimeout(write, wait);
    return () => clearTimeout(timer);
  });
};

/** What an address says of what is seen; today is not named, so that it is today also tomorrow. */
export const lookOf = (seeing: Seeing): Look => {
  const { view, day, firstMonth, calendar } = seeing;
  if (view === 'agenda') return firstMonth === null ? { view } : { view, from: firstMonth };
  if (day === calendar.today) return { view };
  const month = monthOf(day);
  const isMonth = view === 'month' && day === firstOf(month) && month !== monthOf(calendar.today);
  return { view, from: isMonth ? month : day };
};

/** An address that names no view leaves everything as it was. */
export const seeAs = (seeing: Seeing, { view: name, from }: Look): void => {
  const view = VIEWS.find((each) => each === name);
  if (view === undefined) return;
  seeing.view = view;
  const { today } = seeing.calendar;
  const day = from === undefined ? today : parseWallDate(from.length === 7 ? `${from}-01` : from);
  if (view === 'agenda') seeing.firstMonth = from === undefined || day === null ? null : monthOf(day);
  // a month by itself is opened at today where it is in it
  else seeing.day = day === null || from === monthOf(today) ? today : day;
};

const keyOf = (look: Look): string => JSON.stringify(Object.entries(look).sort());
