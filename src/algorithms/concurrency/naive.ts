/** The concurrency limit in a sorted set: a member for each unit in flight, its score the instant of its release. */
import {
  admitted,
  counted,
  type NaiveRequest,
  type NaiveSequence,
  type RedisCommand,
  refused,
  ttlMs,
} from '../redis/naive.ts';
import { addUnits, instantOf, removeUnits, removeUntil, unitAt } from '../redis/naive-sorted-set.ts';

const newest = -1;

/** Adds the request's units, and keeps the set until the last unit in it is released. */
function hold(request: NaiveRequest, last: unknown): RedisCommand[] {
  const { key, id, nowUs, cost, durationUs } = request;
  const lastsUs = Math.max(instantOf(last) - nowUs, durationUs);
  return [addUnits(key, nowUs + durationUs, id, cost), ['PEXPIRE', key, ttlMs(request, lastsUs)]];
}

const zcardThenZadd: NaiveSequence = function* (request, { limit }) {
  const { key, nowUs, cost } = request;
  const [, before, last] = yield {
    commands: [removeUntil(key, nowUs), ['ZCARD', key], unitAt(key, newest)],
  };
  const excess = counted(before) + cost - limit;
  if (excess > 0) {
    const [lastToGo] = yield { commands: [unitAt(key, excess - 1)] };
    return refused(cost > limit ? Number.POSITIVE_INFINITY : instantOf(lastToGo) - nowUs);
  }
  yield { commands: hold(request, last) };
  return admitted;
};

/** Never above the limit, but until it is taken out again a refused request stands in the way of others. */
const zaddFirst: NaiveSequence = function* (request, { limit }) {
  const { key, id, nowUs, cost } = request;
  const [, last] = yield { commands: [removeUntil(key, nowUs), unitAt(key, newest)] };
  const replies = yield { multi: true, commands: [...hold(request, last), ['ZCARD', key]] };
  const excess = counted(replies.at(-1)) - limit;
  if (excess <= 0) return admitted;
  const [, lastToGo] = yield { commands: [removeUnits(key, id, cost), unitAt(key, excess - 1)] };
  return refused(cost > limit ? Number.POSITIVE_INFINITY : instantOf(lastToGo) - nowUs);
};

export const naive = {
  'zcard-then-zadd': { params: {}, sequence: zcardThenZadd },
  'zadd-first': { params: {}, sequence: zaddFirst },
};
