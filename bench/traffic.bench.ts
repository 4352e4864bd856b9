/** Synthetic arrivals by themselves. */
import { ArrivalBatch } from '../src/algorithms/batch.ts';
import type { StreamInput } from '../src/traffic/stream-spec.ts';
import { streamSchema } from '../src/traffic/stream-spec.ts';
import { SyntheticTraffic } from '../src/traffic/synthetic.ts';
import { fastest, print } from './measure.ts';

const seconds = 20;
const rate = '250k/s';
const zipf = { model: 'zipf', count: '100k', exponent: 1 } as const;
const mixes: Record<string, StreamInput[]> = {
  'poisson × zipf(1) of 100k': [{ arrivals: { model: 'poisson', rate }, keys: zipf }],
  'constant × uniform of 100k': [
    { arrivals: { model: 'constant', rate }, keys: { model: 'uniform', count: '100k' } },
  ],
  'diurnal × zipf(1) of 100k': [{ arrivals: { model: 'diurnal', rate, period: '10s' }, keys: zipf }],
  'on-off × hot of 100k': [
    {
      arrivals: { model: 'on-off', rate, off_rate: '50k/s', on: '1s', off: '1s' },
      keys: { model: 'hot', count: '100k' },
    },
  ],
  'heavy-tail × zipf(1) of 100k': [{ arrivals: { model: 'heavy-tail', rate }, keys: zipf }],
  'greedy clients': [{ arrivals: { model: 'greedy', clients: 100, rate: '2.5k/s' } }],
  'two streams of poisson × zipf(1), merged': [
    { arrivals: { model: 'poisson', rate }, keys: zipf },
    { arrivals: { model: 'poisson', rate }, keys: zipf },
  ],
};

for (const [name, inputs] of Object.entries(mixes)) {
  const streams = inputs.map((input) => streamSchema.parse(input));
  const batch = new ArrivalBatch(8192);
  const best = await fastest(3, () => {
    const traffic = new SyntheticTraffic({ seed: 1, durationUs: seconds * 1e6, streams });
    let requests = 0;
    while (traffic.next(batch)) requests += batch.length;
    return requests;
  });
  print(name, best, 'M/s');
}
