import { expect, test } from 'vitest';
import { atMeanRate } from './rate.ts';
import { streamSchema } from './stream-spec.ts';
import { SyntheticTraffic } from './synthetic.ts';

const durationUs = 10e6;
const web = streamSchema.parse({ name: 'web', arrivals: { model: 'poisson', rate: '300/s' } });
const ramp = streamSchema.parse({
  name: 'ramp',
  arrivals: { model: 'ramp', from: '0/s', to: '200/s' },
  stop: '5s',
});
const marks = streamSchema.parse({
  name: 'marks',
  arrivals: { model: 'synchronized', clients: 100, period: '1s' },
});

function requestsAt(streams: Parameters<typeof atMeanRate>[0], rate: number): number[] {
  const scaled = atMeanRate(streams, durationUs, rate);
  const rates = new SyntheticTraffic({ seed: 1, durationUs, streams: scaled }).streamRates();
  return rates.map(({ expectedRequests }) => Math.round(expectedRequests));
}

test('streams keep their parts of the whole', () => {
  expect(requestsAt([web], 1000)).toEqual([10_000]);
  expect(requestsAt([web, ramp], 700)).toEqual([6000, 1000]);
});

test('what has no rate stays, and counts', () => {
  expect(requestsAt([web, marks], 1000)).toEqual([9000, 1000]);
});

test('a rate that cannot be had is refused', () => {
  expect(() => atMeanRate([marks], durationUs, 5)).toThrow('have no rate to change');
  expect(() => atMeanRate([web, marks], durationUs, 100)).toThrow('already bring, 100/s; ask for more');
});
