/** A browser that denies IndexedDB may answer neither yes nor no: nothing may wait for it for ever. */
export const withinPatience = async <T>(promise: Promise<T>, milliseconds: number): Promise<T | 'TimedOut'> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timedOut = new Promise<'TimedOut'>((resolve) => {
    timer = setTimeout(() => resolve('TimedOut'), milliseconds);
  });
  try {
    return await Promise.race([promise, timedOut]);
  } finally {
    clearTimeout(timer);
  }
};
