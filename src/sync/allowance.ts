/** How often something may be asked of this device: so many at once, and so many a second. */
export interface Allowance {
  /** false: it is used up for now */
  take(): boolean;
}

export interface Rate {
  readonly atOnce: number;
  readonly perSecond: number;
}

export const createAllowance = ({ atOnce, perSecond }: Rate, now: () => number): Allowance => {
  let left = atOnce;
  let since = now();
  return {
    take: () => {
      const time = now();
      left = Math.min(atOnce, left + (Math.max(0, time - since) / 1000) * perSecond);
      since = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
};
