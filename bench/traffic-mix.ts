import { streamSchema } from '../src/traffic/stream-spec.ts';
import { SyntheticTraffic } from '../src/traffic/synthetic.ts';

/** Ten minutes of Poisson requests from Zipf(1) keys: what all benchmarks of the engine are run on. */
export function zipfTraffic(requests: number, keys = 100_000): SyntheticTraffic {
  const arrivals = { model: 'poisson', rate: `${requests / 600}/s` } as const;
  const stream = streamSchema.parse({ arrivals, keys: { model: 'zipf', count: keys, exponent: 1 } });
  return new SyntheticTraffic({ seed: 1, durationUs: 600e6, streams: [stream] });
}
