import type { PlanOptions } from './plan.ts';
import { isLocal } from './sizing.ts';

/** What a reader should know that the figures do not. */
export function unknownOf({ calibration, headRoom }: PlanOptions): string[] {
  const shown = calibration.measured_at.slice(0, 10);
  return [
    `CPU and latency are those of ${calibration.server}, measured on ${shown}; another processor is faster or slower in proportion. Measure yours: ratelimit calibrate ADDRESS, then --calibration FILE.`,
    ...(isLocal(calibration)
      ? [
          `The network is taken to add ${headRoom.round_trip_us} µs to every decision, and nothing to its spread.`,
        ]
      : []),
    'P99 is that of a queue with one server and Poisson arrivals. Pauses of the machine, failovers, snapshots and bursts of arrivals come on top: on a shared machine the real P99 was 3 to 21 times the modelled one (docs/redis.md).',
    'Bytes a key are those of Redis 7.0 with the jemalloc of Debian, within 1 % of a real server; its own jemalloc takes up to a seventh less, other versions and forks differ.',
    'Keys are taken to come as Poisson processes at the peak rate. Clients that act at the same instant, and attackers who make up keys, keep more state alive.',
    'Replication is taken to send each replica as many bytes as came in.',
    'Prices are on the day they were noted; taxes, support and traffic to the internet are not in them.',
  ];
}
