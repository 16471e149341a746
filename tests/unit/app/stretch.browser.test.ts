/** A key from a passphrase takes a second and more: it is made in a worker, and the page goes on meanwhile. */
import { expect, test } from 'vitest';
import { createBrowserEnvironment } from '../../../src/app/environment.ts';
import { DEFAULT_COST, stretch } from '../../../src/crypto/index.ts';

test('a bundle’s passphrase is worked on beside the page, with the same key as the result', async () => {
  const salt = new Uint8Array(16).fill(7);
  const { stretch: beside } = createBrowserEnvironment();
  if (!beside) throw new Error('nobody to do it');
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((each) => each.duration)));
  observer.observe({ type: 'longtask' });
  let isDone = false;
  const working = beside('tin moon harbour', salt, DEFAULT_COST).finally(() => (isDone = true));
  // the page gets its frames while the worker is at work
  let frames = 0;
  while (!isDone && frames < 5) {
    await new Promise((next) => requestAnimationFrame(next));
    frames += 1;
  }
  expect(frames).toBe(5);
  const key = await working;
  observer.disconnect();
  expect(Math.max(0, ...longTasks)).toBeLessThan(200);
  expect(key).toEqual(await stretch('tin moon harbour', salt, DEFAULT_COST));
});
