import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrivalBatch } from '../../algorithms/batch.ts';
import { stream } from '../random.ts';
import { standardErrors } from '../testing.ts';
import { keyModelOf, keyModels, keysSchema } from './index.ts';

/** Keys and tenants of `rows` requests that come 1 ms apart, made in batches of `capacity`. */
function choose(
  params: unknown,
  rows: number,
  { seed = 1, capacity = 8192, firstKeys = [0, 1000, 2000] } = {},
) {
  const checked = keysSchema.parse(params);
  const site = { draw: stream(seed, 'keys'), firstKeys, tenants: [0, 1, 2], keyStep: 2, startUs: 0 };
  const chooser = keyModelOf(checked).begin(checked, site);
  const batch = new ArrivalBatch(capacity);
  const keys: number[] = [];
  const tenants: number[] = [];
  for (let done = 0; done < rows; done += capacity) {
    const end = Math.min(capacity, rows - done);
    for (let row = 0; row < end; row++) batch.timeUs[row] = (done + row) * 1000;
    chooser.fill(batch, 0, end);
    keys.push(...batch.key.subarray(0, end));
    tenants.push(...batch.tenant.subarray(0, end));
  }
  return { keys, tenants, batch };
}

function countOf(values: readonly number[], wanted: number): number {
  return values.filter((value) => value === wanted).length;
}

const examples = [
  { model: 'uniform', count: 50 },
  { model: 'zipf', count: 50 },
  { model: 'hot', count: 50, hot: 2, share: 0.9 },
  { model: 'churn', alive: 50, lifetime: '100ms' },
  { model: 'single' },
  {
    model: 'tenants',
    tenants: [
      { name: 'a', users: 5 },
      { name: 'b', users: 9, weight: 3, exponent: 1 },
    ],
  },
].map((params) => [params.model, params] as const);

test('every model has an example here', () => {
  expect(new Set(examples.map(([name]) => name))).toEqual(new Set(keyModels.keys()));
});

describe.each(examples)('%s', (_, params) => {
  test('gives the same keys for the same seed, whatever the batch size', () => {
    const whole = choose(params, 2000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (capacity) => {
        const parts = choose(params, 2000, { capacity });
        expect(parts.keys).toEqual(whole.keys);
        expect(parts.tenants).toEqual(whole.tenants);
      }),
      { numRuns: 5 },
    );
  });

  test('begins as it always did', () => {
    expect(choose(params, 12, { seed: 42 }).keys).toMatchSnapshot();
  });
});

describe.each([0, 0.5, 1, 2])('zipf of exponent %d', (exponent) => {
  test('draws the key of rank r in proportion to 1/r^exponent', () => {
    const count = 1000;
    const rows = 400_000;
    const { keys } = choose({ model: 'zipf', count, exponent }, rows, { firstKeys: [7] });
    const weights = Array.from({ length: count }, (_, i) => (i + 1) ** -exponent);
    const sum = weights.reduce((a, b) => a + b, 0);
    for (const rank of [1, 2, 3, 10, 100, 1000]) {
      const share = weights[rank - 1] / sum;
      const error = standardErrors(countOf(keys, 6 + rank), rows * share, rows * share * (1 - share));
      expect(error, `rank ${rank}`).toBeLessThan(4);
    }
    expect(Math.min(...new Set(keys))).toBeGreaterThanOrEqual(7);
    expect(Math.max(...new Set(keys))).toBeLessThan(7 + count);
  });
});

test('uniform and zipf reach far into millions of keys', () => {
  for (const model of ['uniform', 'zipf']) {
    const { keys } = choose({ model, count: '3M', ...(model === 'zipf' && { exponent: 0 }) }, 30_000);
    for (const third of [0, 1, 2]) {
      const inside = keys.filter((key) => key >= third * 1e6 && key < (third + 1) * 1e6).length;
      expect(standardErrors(inside, 10_000, 6667)).toBeLessThan(4);
    }
  }
});

test('hot keys take their share, and each group is even within', () => {
  const rows = 100_000;
  const { keys } = choose({ model: 'hot', count: 12, hot: 2, share: 0.8 }, rows);
  for (let key = 0; key < 12; key++) {
    const share = key < 2 ? 0.4 : 0.02;
    expect(standardErrors(countOf(keys, key), rows * share, rows * share * (1 - share))).toBeLessThan(4);
  }
});

test.each([
  [0, [2, 3, 4]],
  [1, [0, 1]],
])('a hot share of %d leaves the other keys alone', (share, expected) => {
  const { keys } = choose({ model: 'hot', count: 5, hot: 2, share }, 1000);
  expect([...new Set(keys)].sort()).toEqual(expected);
});

test('churning keys live as long as they should, and as many are alive as should be', () => {
  // 1000 requests a second over 200 s on 10 keys that live 2 s: about 1000 of them are born.
  const { keys, batch } = choose({ model: 'churn', alive: 10, lifetime: '2s' }, 200_000, { firstKeys: [3] });
  const born = (batch.keys - 3 - 1) / 2 + 1 - 10;
  expect(standardErrors(born, 1000, 1000)).toBeLessThan(4);
  // Keys of other streams that churn lie between, so this one takes every second number.
  expect(keys.every((key) => key >= 3 && (key - 3) % 2 === 0 && key < batch.keys)).toBe(true);
  const inOneSecond = new Set(keys.slice(50_000, 51_000));
  expect(standardErrors(inOneSecond.size, 15, 5)).toBeLessThan(4);
});

test('tenants get their weights, and their users get zipf shares within', () => {
  const rows = 200_000;
  const tenants = [
    { name: 'a', users: 4 },
    { name: 'b', users: 2, weight: 2, exponent: 1 },
    { name: 'c', users: 1, weight: 7 },
  ];
  const chosen = choose({ model: 'tenants', tenants }, rows);
  const expected: [key: number, tenant: number, share: number][] = [
    [0, 0, 0.1 / 4],
    [3, 0, 0.1 / 4],
    [1000, 1, (0.2 * 2) / 3],
    [1001, 1, 0.2 / 3],
    [2000, 2, 0.7],
  ];
  for (const [key, tenant, share] of expected) {
    expect(standardErrors(countOf(chosen.keys, key), rows * share, rows * share * (1 - share))).toBeLessThan(
      4,
    );
    expect(chosen.tenants[chosen.keys.indexOf(key)]).toBe(tenant);
  }
});

describe('what is refused', () => {
  test.each([
    [{ model: 'zips', count: 1 }, 'did you mean "zipf"?'],
    [{ model: 'zipf', count: 0 }, 'must be at least 1'],
    [{ model: 'zipf', count: 5, exponent: -1 }, 'must not be negative'],
    [{ model: 'hot', count: 5, hot: 5 }, 'must be fewer than count'],
    [{ model: 'hot', count: 5, share: 2 }, 'must be between 0 and 1'],
    [{ model: 'churn', alive: 5, lifetime: '0s' }, 'must be longer than 0'],
    [{ model: 'tenants', tenants: [] }, 'needs at least one tenant'],
    [
      {
        model: 'tenants',
        tenants: [
          { name: 'a', users: 1 },
          { name: 'a', users: 1 },
        ],
      },
      'two tenants have the same name',
    ],
    [{ model: 'tenants', tenants: [{ name: 'a', users: 1, weight: 0 }] }, 'must be above 0'],
  ])('%j', (params, message) => {
    const result = keysSchema.safeParse(params);
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(message);
  });
});
