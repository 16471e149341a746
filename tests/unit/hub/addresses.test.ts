import { expect, test } from 'vitest';
import { createAddresses, networkOf } from '../../../src/hub/addresses.ts';

const limits = { each: 2, inAll: 3, atOnce: 100, perSecond: 1 };

test('takes so many of one address and so many in all, and one more for each that leaves', () => {
  const addresses = createAddresses(limits);
  const first = addresses.come('192.0.2.1');
  expect(addresses.come('192.0.2.1')).not.toBeNull();
  expect(addresses.come('192.0.2.1')).toBeNull();
  expect(addresses.come('192.0.2.2')).not.toBeNull();
  expect(addresses.come('192.0.2.3')).toBeNull();
  first?.();
  first?.();
  expect(addresses.count).toBe(2);
  expect(addresses.come('192.0.2.3')).not.toBeNull();
});

test('one that comes again and again is refused for a while, others are not', () => {
  const addresses = createAddresses({ ...limits, atOnce: 5 });
  for (let i = 0; i < 5; i++) addresses.come('192.0.2.1')?.();
  expect(addresses.come('192.0.2.1')).toBeNull();
  expect(addresses.come('192.0.2.2')).not.toBeNull();
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1::7', '2001:db8:0:1'],
  ['2001:DB8::1:2:3:4:5', '2001:db8:0:1'],
  ['2001:0db8:0000:0001:aaaa:bbbb:cccc:dddd', '2001:db8:0:1'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
