import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asAddresses, parseCarrier } from './carrier.ts';

test.each([
  ['header:X-Api-Key', { in: 'header', name: 'X-Api-Key' }],
  ['bearer', { in: 'bearer' }],
  ['query:api_key', { in: 'query', name: 'api_key' }],
  ['x-forwarded-for', { in: 'header', name: 'X-Forwarded-For' }],
])('%s', (text, carrier) => expect(parseCarrier(text)).toEqual(carrier));

test.each(['', 'header', 'header:', 'header:a b', 'header:a\r\nb', 'query:', 'cookie:x'])(
  '%j is refused',
  (text) => {
    expect(() => parseCarrier(text)).toThrow(/write header:X-Api-Key/);
  },
);

describe('keys as addresses', () => {
  test('addresses stay, the rest is given some', () => {
    expect(asAddresses(['10.1.2.3', 'ann', '::1', 'bob'])).toEqual([
      '10.1.2.3',
      '198.18.0.0',
      '::1',
      '198.18.0.1',
    ]);
  });

  test('no two keys become one', () => {
    const key = fc.oneof(
      fc.string(),
      fc.ipV4(),
      fc.nat(3).map((n) => `198.18.0.${n}`),
    );
    fc.assert(
      fc.property(fc.uniqueArray(key), (keys) => {
        expect(new Set(asAddresses(keys)).size).toBe(keys.length);
      }),
    );
  });
});
