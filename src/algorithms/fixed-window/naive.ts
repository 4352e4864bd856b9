/** The fixed window with a key for each window, whose name ends in the window's number. */
import type { LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import {
  admitted,
  counted,
  type NaiveDecision,
  type NaiveRequest,
  type NaiveSequence,
  refused,
  ttlMs,
} from '../redis/naive.ts';

interface Window {
  readonly key: string;
  /** Microseconds until it ends. */
  readonly leftUs: number;
}

function windowOf({ key, nowUs }: NaiveRequest, { periodUs }: Quota, { epochUs }: LimiterContext): Window {
  const alignedUs = nowUs + alignmentUs(epochUs, periodUs);
  return { key: `${key}:${Math.floor(alignedUs / periodUs)}`, leftUs: periodUs - (alignedUs % periodUs) };
}

function refusedIn({ leftUs }: Window, { cost }: NaiveRequest, { limit }: Quota): NaiveDecision {
  return refused(cost > limit ? Number.POSITIVE_INFINITY : leftUs);
}

const getThenSet: NaiveSequence = function* (request, quota, context) {
  const window = windowOf(request, quota, context);
  const [before] = yield { commands: [['GET', window.key]] };
  const used = counted(before) + request.cost;
  if (used > quota.limit) return refusedIn(window, request, quota);
  yield { commands: [['SET', window.key, used, 'PX', ttlMs(request, window.leftUs)]] };
  return admitted;
};

const multiWithoutWatch: NaiveSequence = function* (request, quota, context) {
  const window = windowOf(request, quota, context);
  const [before] = yield { commands: [['GET', window.key]] };
  if (counted(before) + request.cost > quota.limit) return refusedIn(window, request, quota);
  yield {
    multi: true,
    commands: [
      ['INCRBY', window.key, request.cost],
      ['PEXPIRE', window.key, ttlMs(request, window.leftUs)],
    ],
  };
  return admitted;
};

/** Counts before it decides, so it does not race; but a client that dies in between leaves a key for ever. */
const incrThenExpire: NaiveSequence = function* (request, quota, context) {
  const window = windowOf(request, quota, context);
  const [used] = yield { commands: [['INCRBY', window.key, request.cost]] };
  if (used === request.cost) {
    yield { commands: [['PEXPIRE', window.key, ttlMs(request, window.leftUs)]] };
  }
  return counted(used) > quota.limit ? refusedIn(window, request, quota) : admitted;
};

export const naive = {
  'get-then-set': { params: {}, sequence: getThenSet },
  'multi-without-watch': { params: {}, sequence: multiWithoutWatch },
  'incr-then-expire': { params: { count_rejected: true }, sequence: incrThenExpire },
};
