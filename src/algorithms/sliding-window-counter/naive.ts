/** The sliding counter with a key for each window, whose name ends in the window's number; no sub-windows, the estimate rounded down. */
import type { LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import { admitted, counted, type NaiveRequest, type NaiveSequence, refused, ttlMs } from '../redis/naive.ts';
import { leastGoneUs, slackUs } from './sliding-window-counter.ts';

interface Windows {
  readonly current: string;
  readonly previous: string;
  /** How much of the current window is gone, and until when its counter matters. */
  readonly goneUs: number;
  readonly lastsUs: number;
}

function windowsOf({ key, nowUs }: NaiveRequest, { periodUs }: Quota, { epochUs }: LimiterContext): Windows {
  const alignedUs = nowUs + alignmentUs(epochUs, periodUs);
  const window = Math.floor(alignedUs / periodUs);
  const goneUs = alignedUs - window * periodUs;
  return {
    current: `${key}:${window}`,
    previous: `${key}:${window - 1}`,
    goneUs,
    lastsUs: 2 * periodUs - goneUs,
  };
}

/** Microseconds until `cost` fits between the counters, 0 when it does now. */
function waitUs(previous: number, current: number, cost: number, goneUs: number, quota: Quota): number {
  const { limit, periodUs } = quota;
  const estimate = Math.floor((previous * (periodUs - goneUs)) / periodUs) + current;
  if (estimate + cost <= limit) return 0;
  if (cost > limit) return Number.POSITIVE_INFINITY;
  const leastGone = (counter: number, room: number) =>
    leastGoneUs(counter, room, periodUs, slackUs('down', periodUs));
  const thisWindowUs = Math.max(leastGone(previous, limit - cost - current), goneUs);
  if (thisWindowUs < periodUs) return thisWindowUs - goneUs;
  return periodUs + leastGone(current, limit - cost) - goneUs;
}

const multiWithoutWatch: NaiveSequence = function* (request, quota, context) {
  const { current, previous, goneUs, lastsUs } = windowsOf(request, quota, context);
  const [before, now] = yield {
    commands: [
      ['GET', previous],
      ['GET', current],
    ],
  };
  const retryAfterUs = waitUs(counted(before), counted(now), request.cost, goneUs, quota);
  if (retryAfterUs > 0) return refused(retryAfterUs);
  yield {
    multi: true,
    commands: [
      ['INCRBY', current, request.cost],
      ['PEXPIRE', current, ttlMs(request, lastsUs)],
    ],
  };
  return admitted;
};

/** Counts before it decides, so it does not race; what it refuses has been counted. */
const incrFirst: NaiveSequence = function* (request, quota, context) {
  const { current, previous, goneUs, lastsUs } = windowsOf(request, quota, context);
  const [now, before] = yield {
    commands: [
      ['INCRBY', current, request.cost],
      ['GET', previous],
      ['PEXPIRE', current, ttlMs(request, lastsUs)],
    ],
  };
  const retryAfterUs = waitUs(counted(before), counted(now) - request.cost, request.cost, goneUs, quota);
  return retryAfterUs > 0 ? refused(retryAfterUs) : admitted;
};

export const naive = {
  'multi-without-watch': { params: {}, sequence: multiWithoutWatch },
  'incr-first': { params: { count_rejected: true }, sequence: incrFirst },
};
