import fc from 'fast-check';
import { mean, quantile } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { stream } from '../random.ts';
import { amountInfos, costsOf, costsSchema, durationsOf, durationsSchema } from './index.ts';

function costs(params: unknown, rows: number, seed = 1): number[] {
  const column = new Uint32Array(rows);
  costsOf(costsSchema.parse(params), stream(seed, 'costs')).fill(column, 0, rows);
  return [...column];
}

function durations(params: unknown, rows: number, seed = 1): number[] {
  const column = new Float64Array(rows);
  durationsOf(durationsSchema.parse(params), stream(seed, 'durations')).fill(column, 0, rows);
  return [...column];
}

const examples = [
  { model: 'fixed', value: 3 },
  { model: 'uniform', min: 2, max: 5 },
  { model: 'geometric', mean: 2.5 },
  { model: 'exponential', mean: 20 },
  { model: 'lognormal', median: 10 },
  { model: 'pareto', min: 5, shape: 1.2, max: 1000 },
  {
    model: 'choice',
    values: [
      { value: 0, weight: 3 },
      { value: 7, weight: 1 },
    ],
  },
].map((params) => [params.model, params] as const);

test('every model has an example here', () => {
  expect(examples.map(([name]) => name)).toEqual(amountInfos.map(({ name }) => name));
});

test.each(examples)('%s begins as it always did', (_, params) => {
  expect(costs(params, 12, 42)).toMatchSnapshot();
});

test('a number alone is a fixed cost, a duration alone a fixed duration', () => {
  expect(costs(4, 3)).toEqual([4, 4, 4]);
  expect(costs('2k', 1)).toEqual([2000]);
  expect(durations('80ms', 2)).toEqual([80_000, 80_000]);
});

test('a fixed amount draws no random number', () => {
  const draw = () => expect.fail('drew');
  costsOf({ model: 'fixed', value: 1 }, draw).fill(new Uint32Array(4), 0, 4);
});

test('uniform reaches both ends and nothing else', () => {
  expect([...new Set(costs({ model: 'uniform', min: 2, max: 5 }, 1000))].sort()).toEqual([2, 3, 4, 5]);
});

describe('means', () => {
  const n = 200_000;
  test.each([
    // model, mean, standard deviation
    [{ model: 'geometric', mean: 2.5 }, 2.5, Math.sqrt(2.5 * 1.5)],
    [{ model: 'geometric', mean: 1 }, 1, 0],
    [{ model: 'exponential', mean: 500 }, 500, 500],
    [{ model: 'pareto', min: 100, shape: 3 }, 150, Math.sqrt(7500)],
    [{ model: 'lognormal', median: 1000, sigma: 0.5 }, 1000 * Math.exp(0.125), 604],
  ])('%j', (params, law, deviation) => {
    expect(Math.abs(mean(costs(params, n)) - law)).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(n));
  });
});

test('the 99th percentile of a lognormal of sigma 1 is ten medians', () => {
  const sample = durations({ model: 'lognormal', median: '10ms' }, 200_000);
  expect(quantile(sample, 0.5) / 10_000).toBeCloseTo(1, 1);
  expect(quantile(sample, 0.99) / 10_000).toBeCloseTo(Math.exp(2.326), 0);
});

test('whatever the parameters, costs are whole and fit their column', () => {
  const params = fc.oneof(
    fc.record({ model: fc.constant('exponential'), mean: fc.double({ min: 1e-3, max: 1e300, noNaN: true }) }),
    fc.record({ model: fc.constant('geometric'), mean: fc.double({ min: 1, max: 1e300, noNaN: true }) }),
    fc.record({
      model: fc.constant('pareto'),
      min: fc.double({ min: 1e-3, max: 1e300, noNaN: true }),
      shape: fc.double({ min: 1e-3, max: 50, noNaN: true }),
    }),
    fc.record({
      model: fc.constant('lognormal'),
      median: fc.double({ min: 1e-3, max: 1e300, noNaN: true }),
      sigma: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(params, fc.nat(), (params, seed) => {
      const column = new Float64Array(50);
      costsOf(costsSchema.parse(params), stream(seed, 'costs')).fill(column, 0, 50);
      for (const cost of column) {
        if (!(Number.isInteger(cost) && cost >= 0 && cost <= 4294967295)) expect.fail(`cost ${cost}`);
      }
    }),
  );
});

describe('what is refused', () => {
  test.each([
    [-1, '"-1" is not a count'],
    [1.5, 'write a whole number'],
    [5e9, 'must be at most 4294967295'],
    [null, 'null is not a count'],
    [{ model: 'exponential' }, 'mean: is missing; write a number such as 1.5'],
    [{ model: 'exponential', mean: 0 }, 'mean: must be above 0'],
    [{ model: 'exponental', mean: 1 }, 'did you mean "exponential"?'],
    [{ model: 'uniform', min: 5, max: 1 }, 'must not be less than min'],
    [{ model: 'geometric', mean: 0.5 }, 'must be at least 1'],
    [{ model: 'choice', values: [] }, 'needs at least one amount'],
  ])('costs: %j', (params, message) => {
    const result = costsSchema.safeParse(params);
    expect(result.error?.issues.map(({ path, message }) => [...path, message].join(': ')).join()).toContain(
      message,
    );
  });

  test.each([
    [80, '80 has no unit; write 80s'],
    [{ model: 'exponential', mean: 80 }, 'mean: 80 has no unit'],
  ])('durations: %j', (params, message) => {
    const result = durationsSchema.safeParse(params);
    expect(result.error?.issues.map(({ path, message }) => [...path, message].join(': ')).join()).toContain(
      message,
    );
  });
});
