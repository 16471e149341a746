/** How many connections come from one address. Nothing of an address outlives its connections, but for a minute. */
import { createAllowance, type Allowance } from './allowance.ts';

export interface AddressLimits {
  readonly each: number;
  readonly inAll: number;
  /** new ones of one address, at once and a second */
  readonly atOnce: number;
  readonly perSecond: number;
}

export interface Addresses {
  /** The way to leave; null where there is no room for one more. */
  come(address: string | undefined): (() => void) | null;
  readonly count: number;
}

interface Known {
  open: number;
  readonly coming: Allowance;
}

/** Addresses remembered beyond their last connection, for their rate: all others of them are as new. */
const REMEMBERED = 4096;

export const createAddresses = ({ each, inAll, atOnce, perSecond }: AddressLimits): Addresses => {
  const known = new Map<string, Known>();
  let count = 0;

  const forgetSome = (): void => {
    if (known.size <= REMEMBERED + count) return;
    for (const [name, { open }] of known) {
      if (open > 0) continue;
      known.delete(name);
      if (known.size <= REMEMBERED / 2 + count) return;
    }
  };

  return {
    come: (address = '') => {
      const name = networkOf(address);
      const one = known.get(name) ?? { open: 0, coming: createAllowance(atOnce, perSecond) };
      known.set(name, one);
      forgetSome();
      if (count >= inAll || one.open >= each || one.coming.take(1) < 0) return null;
      one.open += 1;
      count += 1;
      let isHere = true;
      return () => {
        if (!isHere) return;
        isHere = false;
        one.open -= 1;
        count -= 1;
      };
    },
    get count() {
      return count;
    },
  };
};

/** One household has one IPv4 address, or 2^64 of IPv6: those are counted as one. */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [before = '', after] = (address.split('%')[0] ?? '').split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros =
    after === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
};
