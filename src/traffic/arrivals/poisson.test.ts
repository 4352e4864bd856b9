import { mean, variance } from 'simple-statistics';
import { expect, test } from 'vitest';
import { arrive, countWithin, standardErrors } from '../testing.ts';

const span = { startUs: 0, stopUs: 200e6 };
const gapsOf = (timesUs: readonly number[]) => timesUs.slice(1).map((timeUs, i) => timeUs - timesUs[i]);

test('gaps are exponential: their standard deviation is their mean', () => {
  const gaps = gapsOf(arrive({ model: 'poisson', rate: '1k/s' }, span).timesUs);
  const n = gaps.length;
  expect(standardErrors(mean(gaps), 1000, 1000 ** 2 / n)).toBeLessThan(4);
  expect(standardErrors(variance(gaps), 1000 ** 2, (8 * 1000 ** 4) / n)).toBeLessThan(4);
});

test('counts in equal stretches have an index of dispersion of 1', () => {
  const { timesUs } = arrive({ model: 'poisson', rate: '1k/s' }, span);
  const counts = new Array<number>(2000).fill(0);
  for (const timeUs of timesUs) counts[Math.floor(timeUs / 100_000)]++;
  const dispersion = variance(counts) / mean(counts);
  expect(standardErrors(dispersion, 1, 2 / counts.length)).toBeLessThan(4);
});

test('rounding to microseconds does not slow a rate of many requests a microsecond', () => {
  const { timesUs } = arrive({ model: 'poisson', rate: '7.3M/s' }, { startUs: 0, stopUs: 200_000 });
  expect(standardErrors(timesUs.length, 1.46e6, 1.46e6)).toBeLessThan(4);
});

test('bursts are denser than independent requests by what the MMPP cookbook says', () => {
  const params = { model: 'on-off', rate: '2k/s', on: '50ms', off: '100ms' };
  const { timesUs } = arrive(params, { startUs: 0, stopUs: 1000e6 });
  const counts = new Array<number>(1000).fill(0);
  for (const timeUs of timesUs) counts[Math.floor(timeUs / 1e6)]++;
  // Index of dispersion of counts in t = 1 s, with s1 = 20/s, s2 = 10/s: IDC = 1 + B (1 - (1 - e^(-s t))/(s t)).
  const meanRate = 2000 / 3;
  const relaxation = 30;
  const excess = (2 * 2000 ** 2 * 200) / (relaxation ** 3 * meanRate);
  const law = 1 + excess * (1 - (1 - Math.exp(-relaxation)) / relaxation);
  const dispersion = variance(counts) / mean(counts);
  expect(standardErrors(dispersion, law, (2 * law ** 2) / counts.length)).toBeLessThan(4);
});

test('an on-off stream starts on as often as it is on', () => {
  const params = { model: 'on-off', rate: '1M/s', on: '1s', off: '3s' };
  const starts = Array.from({ length: 2000 }, (_, seed) =>
    arrive(params, { startUs: 0, stopUs: 20 }, { seed }),
  );
  const startedOn = starts.filter(({ timesUs }) => timesUs.length > 0).length;
  expect(standardErrors(startedOn, 500, 2000 * 0.25 * 0.75)).toBeLessThan(4);
});

test.each([
  ['a ramp', { model: 'ramp', from: '0/s', to: '4k/s' }, [500, 1500, 2500, 3500]],
  ['a falling ramp', { model: 'ramp', from: '4k/s', to: '0/s' }, [3500, 2500, 1500, 500]],
  [
    'a spike',
    { model: 'spike', base: '1k/s', peak: '9k/s', at: '25s', width: '50s' },
    [1000, 9000, 9000, 1000],
  ],
  [
    'steps',
    {
      model: 'step',
      steps: [
        { at: '25s', rate: '2k/s' },
        { at: '50s', rate: '0/s' },
        { at: '75s', rate: '500/s' },
      ],
    },
    [0, 2000, 0, 500],
  ],
  [
    // The mean of 1 + cos over a quarter that touches the crest is 1 + 2/π.
    'a day with its peak at the middle',
    { model: 'diurnal', rate: '1k/s', amplitude: 1, period: '100s' },
    [1000 - 2000 / Math.PI, 1000 + 2000 / Math.PI, 1000 + 2000 / Math.PI, 1000 - 2000 / Math.PI],
  ],
])('%s has its rate in each quarter', (_, params, rates) => {
  const { timesUs } = arrive(params, { startUs: 0, stopUs: 100e6 });
  for (const [quarter, rate] of rates.entries()) {
    const counted = countWithin(timesUs, quarter * 25e6, (quarter + 1) * 25e6);
    if (rate === 0) expect(counted).toBe(0);
    else expect(standardErrors(counted, rate * 25, rate * 25)).toBeLessThan(4);
  }
});

test('a long silence costs no time', () => {
  const params = { model: 'step', steps: [{ at: '52w', rate: '10/s' }] };
  expect(arrive(params, { startUs: 0, stopUs: 51 * 7 * 86_400e6 }).timesUs).toEqual([]);
});

test('a stream that starts late sees the part of the day that it is in', () => {
  const params = { model: 'diurnal', rate: '1k/s', amplitude: 1, period: '100s' };
  const { timesUs, expected } = arrive(params, { startUs: 40e6, stopUs: 60e6 });
  expect(expected).toBeGreaterThan(38_000);
  expect(standardErrors(timesUs.length, expected, expected)).toBeLessThan(4);
});
