/** How much somebody may still do: so much at once, refilled with time. */
export interface Allowance {
  /** Takes it, also below nothing; gives how much is left. */
  take(cost: number): number;
  /** milliseconds until there is something left */
  wait(): number;
}

export const createAllowance = (atOnce: number, perSecond: number): Allowance => {
  let left = atOnce;
  let filledAt = performance.now();
  const refill = (): void => {
    const now = performance.now();
    left = Math.min(atOnce, left + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
  };
  return {
    take: (cost) => {
      refill();
      left -= cost;
      return left;
    },
    wait: () => {
      refill();
      return left >= 0 ? 0 : Math.ceil((-left / perSecond) * 1000);
    },
  };
};
