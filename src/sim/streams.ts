import { UsageError } from '../errors.ts';
import { atMeanRate } from '../traffic/rate.ts';
import type { StreamInput, StreamSpec } from '../traffic/stream-spec.ts';
import type { Overrides } from './overrides.ts';
import type { Scenario } from './scenario.ts';

/** The streams of a scenario as they are sent. */
export function streamsOf(scenario: Scenario, overrides: Overrides): readonly StreamSpec[] {
  return overriddenStreams(scenario.streams ?? [], durationOf(scenario, overrides), overrides);
}

export function durationOf(scenario: Scenario, { durationUs }: Overrides): number {
  return durationUs ?? scenario.duration;
}

/** `--rate` sets the mean of all streams together; `--keys` the number of keys of the only stream that counts them. */
function overriddenStreams(
  streams: readonly StreamSpec[],
  durationUs: number,
  { ratePerSecond, keys }: Overrides,
): readonly StreamSpec[] {
  const populated = keys === undefined ? streams : withKeys(streams, keys);
  return ratePerSecond === undefined ? populated : atMeanRate(populated, durationUs, ratePerSecond);
}

function withKeys(streams: readonly StreamSpec[], count: number): readonly StreamSpec[] {
  const counting = streams.filter(({ keys }) => keys && 'count' in keys);
  if (counting.length !== 1) {
    throw new UsageError(
      `--keys: ${counting.length === 0 ? 'no stream' : 'more than one stream'} of this scenario has a number of keys; change it in its file`,
    );
  }
  return streams.map((stream) =>
    stream.keys && 'count' in stream.keys ? { ...stream, keys: { ...stream.keys, count } } : stream,
  );
}

/** What `--rate` and `--keys` mean when no scenario is named: independent clients, a few of them much busier. */
export const plainTraffic: readonly StreamInput[] = [
  {
    name: 'clients',
    arrivals: { model: 'poisson', rate: '1k/s' },
    keys: { model: 'zipf', count: '1k', exponent: 1 },
  },
];
