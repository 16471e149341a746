import { afterEach, describe, expect, it, vi } from 'vitest';
import { hkdf, hmac, isHmac, pbkdf2, pbkdf2Sync } from '../../../src/crypto/index.ts';
import { fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { flipped } from './seeded.ts';

afterEach(() => vi.unstubAllGlobals());

describe('hkdf', () => {
  // RFC 5869, appendix A. Our label is text, so its first two cases, with bytes over 0x7f as info, are given by hmac.
  it('gives the okm of test case 3, without salt and info', () => {
    const okm = hkdf(new Uint8Array(22).fill(0x0b), new Uint8Array(0), '', 42);
    expect(toHex(okm)).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8');
  });

  it('gives the prk of test case 1, and expands a label as RFC 5869 says', () => {
    const secret = new Uint8Array(22).fill(0x0b);
    const salt = fromHex('000102030405060708090a0b0c');
    const prk = hmac(salt, secret);
    expect(toHex(prk)).toBe('077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
    const first = hmac(prk, utf8('weft1/é\0\x01'));
    const second = hmac(prk, Uint8Array.from([...first, ...utf8('weft1/é\0\x02')]));
    expect(hkdf(secret, salt, 'weft1/é\0', 48)).toEqual(Uint8Array.from([...first, ...second.subarray(0, 16)]));
  });

  it('gives another key for another label, secret or salt', () => {
    const secret = new Uint8Array(32).fill(1);
    const salt = new Uint8Array(16).fill(2);
    const keys = [
      hkdf(secret, salt, 'a', 32),
      hkdf(secret, salt, 'b', 32),
      hkdf(flipped(secret, 0), salt, 'a', 32),
      hkdf(secret, flipped(salt, 0), 'a', 32),
    ];
    expect(new Set(keys.map(toHex)).size).toBe(4);
  });
});

describe('hmac', () => {
  it('gives the mac of RFC 4231, test case 2', () => {
    const mac = hmac(utf8('Jefe'), utf8('what do ya want for nothing?'));
    expect(toHex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('knows its own mac and no other', () => {
    const key = utf8('Jefe');
    const mac = hmac(key, utf8('x'));
    expect(isHmac(key, utf8('x'), mac)).toBe(true);
    expect(isHmac(key, utf8('y'), mac)).toBe(false);
    expect(isHmac(utf8('jefe'), utf8('x'), mac)).toBe(false);
    expect(isHmac(key, utf8('x'), mac.subarray(0, 31))).toBe(false);
    expect(isHmac(key, utf8('x'), new Uint8Array(0))).toBe(false);
    for (let at = 0; at < 32; at++) expect(isHmac(key, utf8('x'), flipped(mac, at))).toBe(false);
  });
});

describe('pbkdf2', () => {
  // RFC 7914, section 11
  const vectors = [
    {
      password: 'passwd',
      salt: 'salt',
      rounds: 1,
      key:
        '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc' +
        '49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
    },
    {
      password: 'Password',
      salt: 'NaCl',
      rounds: 80_000,
      key:
        '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56' +
        'a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d',
    },
  ];

  for (const { password, salt, rounds, key } of vectors) {
    it(`gives the key of RFC 7914 after ${String(rounds)} rounds, with WebCrypto and without`, async () => {
      expect(toHex(await pbkdf2(utf8(password), utf8(salt), rounds, 64))).toBe(key);
      expect(toHex(pbkdf2Sync(utf8(password), utf8(salt), rounds, 64))).toBe(key);
    });
  }

  it('gives the same without crypto.subtle, as on a page without https', async () => {
    const expected = await pbkdf2(utf8('a'), utf8('b'), 256, 8);
    vi.stubGlobal('crypto', {});
    expect(await pbkdf2(utf8('a'), utf8('b'), 256, 8)).toEqual(expected);
    vi.stubGlobal('crypto', undefined);
    expect(await pbkdf2(utf8('a'), utf8('b'), 256, 8)).toEqual(expected);
  });

  it('takes views into longer buffers', async () => {
    const long = utf8('__password__');
    const view = long.subarray(2, 10);
    expect(await pbkdf2(view, view, 3, 16)).toEqual(pbkdf2Sync(utf8('password'), utf8('password'), 3, 16));
  });
});
