import { quantile } from 'simple-statistics';
import { expect, test } from 'vitest';
import { arrive, standardErrors } from '../testing.ts';

const second = { startUs: 0, stopUs: 1e6 };

test('gaps follow the Pareto law at its quantiles', () => {
  const { timesUs } = arrive(
    { model: 'heavy-tail', rate: '1/s', shape: 1.5 },
    { startUs: 0, stopUs: 100_000e6 },
  );
  const gaps = timesUs.slice(1).map((timeUs, i) => timeUs - timesUs[i]);
  const leastUs = 1e6 / 3;
  for (const q of [0.01, 0.5, 0.9, 0.99]) {
    const law = leastUs * (1 - q) ** (-1 / 1.5);
    const density = (1.5 * (1 - q)) / law;
    const variance = (q * (1 - q)) / gaps.length / density ** 2;
    expect(standardErrors(quantile(gaps, q), law, variance), `quantile ${q}`).toBeLessThan(4);
  }
});

test('the rate holds from the first instant on, even where gaps have no variance', () => {
  // Started with a request, short runs would bring far more than the rate: every cluster begins with one.
  const runs = Array.from({ length: 4000 }, (_, seed) =>
    arrive({ model: 'heavy-tail', rate: '20/s', shape: 1.3 }, second, { seed }),
  );
  const counts = runs.map(({ timesUs }) => timesUs.length);
  const meanCount = counts.reduce((a, b) => a + b, 0) / counts.length;
  const variance = counts.reduce((sum, n) => sum + (n - meanCount) ** 2, 0) / counts.length;
  expect(standardErrors(meanCount, 20, variance / counts.length)).toBeLessThan(4);
});
