import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { mean, variance } from 'simple-statistics';
import { expect, test } from 'vitest';
import { Exponentials, exponential } from './exponential.ts';
import { type Draw, fineDraw, normal, stream } from './random.ts';

const take = (count: number, draw: () => number) => Array.from({ length: count }, draw);

test('a stream of a seed always begins with the same numbers', () => {
  expect(take(4, stream(1, 'web/arrivals'))).toMatchInlineSnapshot(`
    [
      0.2981633299496025,
      0.10574509389698505,
      0.052134008379653096,
      0.04934951919130981,
    ]
  `);
  expect(take(4, stream(2, 'web/arrivals'))).toMatchInlineSnapshot(`
    [
      0.19698146521113813,
      0.4962254019919783,
      0.020422907546162605,
      0.11523772752843797,
    ]
  `);
});

test('numbers by the column and one by one are those of Alea, in any turn', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.nat(5000), { maxLength: 9 }), (use, rows) => {
      const library = seedrandom.alea(`1/${use}`);
      const draw = stream(1, use);
      for (const count of rows) {
        const column = new Float64Array(count);
        draw.fill(column, count);
        expect([...column, draw()]).toEqual(take(count + 1, library));
      }
    }),
    { numRuns: 30 },
  );
});

test('exponential variates by the column are those of one by one', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.nat(3000), { maxLength: 9 }), (use, rows) => {
      const exponentials = new Exponentials(stream(1, use));
      const draw = stream(1, use);
      for (const count of rows) {
        const column = new Float64Array(count);
        exponentials.fill(column);
        expect([...column]).toEqual(take(count, () => exponential(draw)));
      }
    }),
    { numRuns: 30 },
  );
});

test('a draw from one use does not move another', () => {
  const alone = take(10, stream(7, 'keys'));
  const arrivals = stream(7, 'arrivals');
  const keys = stream(7, 'keys');
  const beside = take(10, () => {
    arrivals();
    return keys();
  });
  expect(beside).toEqual(alone);
});

test('a fine draw stays below 1 and has more digits than 32 bits hold', () => {
  const most: Draw = () => 1 - 2 ** -32;
  expect(fineDraw(most)).toBeLessThan(1);
  const draw = stream(1, 'fine');
  expect(take(20, () => fineDraw(draw)).some((u) => (u * 2 ** 32) % 1 !== 0)).toBe(true);
});

test('exponential variates have mean 1, variance 1 and the tail e^-x', () => {
  const n = 1e6;
  const draw = stream(3, 'exponential');
  const sample = take(n, () => exponential(draw));
  expect(Math.abs(mean(sample) - 1)).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(variance(sample) - 1)).toBeLessThan(4 * Math.sqrt(8 / n));
  // 7.697 is where the tail of the ziggurat begins: both sides of it must weigh what they should.
  for (const x of [0.001, 0.1, 1, 3, 7, 8, 10]) {
    const share = sample.filter((value) => value > x).length / n;
    const law = Math.exp(-x);
    expect(Math.abs(share - law), `P(X > ${x})`).toBeLessThan(4 * Math.sqrt((law * (1 - law)) / n));
  }
});

test('an exponential variate is never 0, even for the least draw', () => {
  expect(exponential(() => 0)).toBeGreaterThan(0);
});

test('normal variates have mean 0, variance 1 and kurtosis 3', () => {
  const n = 400_000;
  const draw = stream(4, 'normal');
  const sample = take(n, () => normal(draw));
  expect(Math.abs(mean(sample))).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(variance(sample) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  expect(Math.abs(mean(sample.map((x) => x ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
});
