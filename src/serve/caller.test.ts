import { describe, expect, test } from 'vitest';
import { parseKeyPlace, type Sender } from './caller.ts';

const sender: Sender = { headers: {}, query: {}, address: '192.0.2.1' };

function keyOf(place: string, request: Partial<Sender>): string | undefined {
  return parseKeyPlace(place).find({ ...sender, ...request });
}

describe('the address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1', 'is the key'],
    ['::ffff:192.0.2.1', '192.0.2.1', 'of IPv4 is the same, however the socket writes it'],
    [
      '2001:db8:1:2:3:4:5:6',
      '2001:db8:1:2::/64',
      'of IPv6 counts as its network: whoever has one address has all',
    ],
    ['::1', '::/64', 'of this machine too'],
  ])('%s: %s, %s', (address, key) => {
    expect(keyOf('address', { address })).toBe(key);
  });
});

describe('X-Forwarded-For', () => {
  test.each([
    ['x-forwarded-for', '198.51.100.7', '198.51.100.7', 'one proxy in front'],
    [
      'x-forwarded-for',
      '6.6.6.6, 198.51.100.7',
      '198.51.100.7',
      'what the client wrote itself is not believed',
    ],
    ['x-forwarded-for:2', '6.6.6.6, 198.51.100.7,10.0.0.1', '198.51.100.7', 'two proxies'],
    ['x-forwarded-for:2', '10.0.0.1', '192.0.2.1', 'fewer entries than proxies: the address'],
    ['x-forwarded-for', '', '192.0.2.1', 'no entry: the address'],
    ['x-forwarded-for', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', 'a network of IPv6'],
    ['x-forwarded-for', 'acme/ann', 'acme/ann', 'a name, which some proxies write'],
  ])('%s of "%s" is %s: %s', (place, text, key) => {
    expect(keyOf(place, { headers: { 'x-forwarded-for': text } })).toBe(key);
  });

  test('without it, the address', () => expect(keyOf('x-forwarded-for', {})).toBe('192.0.2.1'));
});

test('a bearer token goes on as a digest', () => {
  const key = keyOf('bearer', { headers: { authorization: 'Bearer to.k-en/==' } });
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(keyOf('bearer', { headers: { authorization: 'bearer  to.k-en/==' } })).toBe(key);
});

test.each([
  ['bearer', { headers: { authorization: 'Basic YTpi' } }],
  ['bearer', { headers: {} }],
  ['header:X-Api-Key', { headers: { 'x-api-key': '' } }],
  ['query:key', { query: { other: 'ann' } }],
])('%s in %j: there is no key', (place, request) => {
  expect(keyOf(place, request)).toBeUndefined();
});

test('of a parameter that is given twice the first counts', () => {
  expect(keyOf('query:key', { query: { key: ['ann', 'bob'] } })).toBe('ann');
});

test.each([
  '',
  'cookie',
  'address:1',
  'bearer:x',
  'header',
  'header:',
  'header:a b',
  'query:',
  'x-forwarded-for:0',
])('"%s" is no place for a key', (place) => {
  expect(() => parseKeyPlace(place)).toThrow(/write|use/);
});
