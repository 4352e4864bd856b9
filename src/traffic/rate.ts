import { UsageError } from '../errors.ts';
import { formatCount } from '../units.ts';
import { arrivalModelOf } from './arrivals/index.ts';
import { StreamPlan } from './plan.ts';
import type { StreamSpec } from './stream-spec.ts';

/**
 * The same streams at a mean rate of `ratePerSecond` over the run, which `--rate` asks for. Every stream keeps its
 * shape and its part of the whole; those whose model has no rate (synchronized clients, an edge attacker) stay as they
 * are and count. Throws a UsageError where that cannot be done.
 */
export function atMeanRate(
  streams: readonly StreamSpec[],
  durationUs: number,
  ratePerSecond: number,
): StreamSpec[] {
  const wanted = (ratePerSecond / 1e6) * durationUs;
  const scalable = expectedOf(streams.filter(canScale), durationUs);
  const fixed = expectedOf(
    streams.filter((stream) => !canScale(stream)),
    durationUs,
  );
  if (scalable === 0) {
    throw new UsageError(
      'the arrivals of this scenario have no rate to change; change their clients or requests',
    );
  }
  if (wanted <= fixed) {
    throw new UsageError(
      `a rate of ${formatCount(ratePerSecond)}/s is not more than what the arrivals without a rate already bring, ` +
        `${formatCount((fixed / durationUs) * 1e6)}/s; ask for more`,
    );
  }
  return streams.map((stream) => scaled(stream, (wanted - fixed) / scalable));
}

function canScale({ arrivals }: StreamSpec): boolean {
  return arrivalModelOf(arrivals).scale !== undefined;
}

function expectedOf(streams: readonly StreamSpec[], durationUs: number): number {
  return streams.reduce((sum, spec) => sum + new StreamPlan(spec, '', durationUs).expected, 0);
}

function scaled(stream: StreamSpec, factor: number): StreamSpec {
  const { arrivals } = stream;
  return { ...stream, arrivals: arrivalModelOf(arrivals).scale?.(arrivals, factor) ?? arrivals };
}
