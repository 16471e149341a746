import { describe, expect, test } from 'vitest';
import { addressOf, dialogs, hrefOf, parentHref, parseRoute, routes, type RouteName } from '../../../src/ui/routes.ts';

const names = Object.keys(routes) as RouteName[];
const ids = {
  agreement: 'a1',
  proposal: 'e5',
  document: 'd1',
  palette: 'p1',
  point: 'q/2',
  variant: 'ü',
  language: 'ar',
  calendar: 'c3',
  action: 'a4',
  rhythm: 'b5',
  space: 's1',
};

describe('addresses', () => {
  test.each(names)('the address of %s leads to it', (name) => {
    const route = parseRoute(hrefOf(name, ids));
    expect(route?.name).toBe(name);
    for (const [key, value] of Object.entries(route?.ids ?? {}))
      expect([key, ids]).toEqual([key, { ...ids, [key]: value }]);
  });

  test('no address leads to two screens', () => {
    const shapes = names.map((name) => routes[name].path.replace(/:\w+/g, ':'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test('an empty address is Today', () => {
    expect(parseRoute('')?.name).toBe('today');
    expect(parseRoute('#')?.name).toBe('today');
  });

  test('an unknown address or a broken escape leads nowhere', () => {
    expect(parseRoute('#/nowhere')).toBeUndefined();
    expect(parseRoute('#/points/a/b/c/d')).toBeUndefined();
    expect(parseRoute('#/points/%E0%A4%A')).toBeUndefined();
  });

  test('an address cannot be made without its ids', () => {
    expect(() => hrefOf('point', { palette: 'p' })).toThrow('needs point');
  });

  test('a dialog that does not open on a screen is left out', () => {
    expect(parseRoute('#/people?dialog=no-such-dialog')?.dialog).toBeUndefined();
  });
});

describe('how a screen is looked at', () => {
  test('stands in the address, beside a dialog too', () => {
    const address = '#/calendar/c3?view=month&from=2026-12&dialog=when-it-is';
    expect(parseRoute(address)?.look).toEqual({ view: 'month', from: '2026-12' });
    const open = parseRoute('#/calendar/c3?view=month&from=2026-12-24&dialog=newAction');
    expect(open).toMatchObject({ look: { view: 'month', from: '2026-12-24' }, dialog: 'newAction' });
    expect(open && addressOf(open)).toBe('#/calendar/c3?view=month&from=2026-12-24&dialog=newAction');
  });

  test('is words of ours and dates: what somebody wrote never is', () => {
    const words = '#/calendar/c3?view=my+friends&from=Amina&q=march&words=secret';
    expect(parseRoute(words)).toEqual({ name: 'calendarView', ids: { calendar: 'c3' } });
    expect(parseRoute('#/people?view=month')).toEqual({ name: 'people', ids: {} });
  });
});

describe('back', () => {
  test('leads one step up, with the ids that are needed there', () => {
    expect(parentHref({ name: 'variant', ids: { palette: 'p', point: 'q', variant: 'v' } })).toBe('#/points/p/q');
    expect(parentHref({ name: 'today', ids: {} })).toBeUndefined();
  });

  test.each(names)('from %s leads to a screen', (name) => {
    const href = parentHref({ name, ids });
    if (href !== undefined) expect(parseRoute(href)).toBeDefined();
  });
});

test('every dialog opens on a screen, and has an address there', () => {
  for (const [dialog, { on }] of Object.entries<{ readonly on: readonly RouteName[] }>(dialogs)) {
    expect([dialog, on.length]).not.toEqual([dialog, 0]);
    for (const name of on) expect(parseRoute(`${hrefOf(name, ids)}?dialog=${dialog}&of=x`)?.dialog).toBe(dialog);
  }
});
