/** Notices when nobody has used the app for a while. Other tabs count: `touch` is for what they say. */
export interface IdleWatch {
  touch(): void;
  stop(): void;
}

const LOOK_MS = 10_000;
const SAY_MS = 5_000;

export const watchIdle = (
  limitMinutes: () => number,
  used: () => void,
  idle: () => void,
  now: () => number,
): IdleWatch => {
  let last = now();
  let said = 0;
  const touch = (): void => void (last = now());
  const use = (): void => {
    touch();
    if (last - said < SAY_MS) return;
    said = last;
    used();
  };
  const look = (): void => {
    const limit = limitMinutes();
    if (limit > 0 && now() - last >= limit * 60_000) idle();
  };
  const events = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
  for (const event of events) window.addEventListener(event, use, { passive: true, capture: true });
  // a tab in the background has slow timers: it looks again when it is seen
  document.addEventListener('visibilitychange', look);
  const timer = setInterval(look, LOOK_MS);
  return {
    touch,
    stop: () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      for (const event of events) window.removeEventListener(event, use, { capture: true });
    },
  };
};
