import { describe, expect, test } from 'vitest';
import { KeyNumbers } from './key-numbers.ts';

/** Number and tenant of each key. */
function numbers(keys: readonly (string | Buffer)[]): [number, number][] {
  const known = new KeyNumbers(true);
  return keys.map((key) => {
    const bytes = Buffer.concat([Buffer.from('..'), Buffer.from(key), Buffer.from('.')]);
    const number = known.of(bytes, 2, bytes.length - 1);
    return [number, known.tenantOf(number)];
  });
}

describe('KeyNumbers', () => {
  test('counts keys as they come, and tenants by what stands before the first slash', () =>
    expect(numbers(['acme/ann', 'zeta', 'acme/bob', 'acme/ann', 'acme', 'acme/ann/x', '/', ''])).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
      [0, 0],
      [3, 0],
      [4, 0],
      [5, 2],
      [6, 2],
    ]));

  test('knows one tenant where none is asked for', () => {
    const known = new KeyNumbers(false);
    const tenants = ['a/x', 'b/x'].map((key) => known.tenantOf(known.of(Buffer.from(key), 0, key.length)));
    expect(tenants).toEqual([0, 0]);
  });

  test('tells bytes apart that are no UTF-8', () =>
    expect(numbers(['ff2f61', 'fe2f61', 'ff2f62'].map((hex) => Buffer.from(hex, 'hex')))).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
    ]));
});
