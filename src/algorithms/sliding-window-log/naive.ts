/** The sliding log in a sorted set: a member for each unit, its score the instant of the request. */
import type { Quota } from '../algorithm.ts';
import {
  admitted,
  counted,
  type NaiveRequest,
  type NaiveSequence,
  type NaiveSteps,
  refused,
  ttlMs,
} from '../redis/naive.ts';
import { addUnits, instantOf, removeUntil, unitAt } from '../redis/naive-sorted-set.ts';
import { type RedisState, unixUsText } from '../redis/state.ts';

const zcardThenZadd: NaiveSequence = function* (request, quota) {
  const { key, id, nowUs, cost } = request;
  const [, before] = yield { commands: [removeUntil(key, nowUs - quota.periodUs), ['ZCARD', key]] };
  const units = counted(before) + cost;
  if (units > quota.limit) return yield* refusal(request, quota, units);
  yield { commands: [addUnits(key, nowUs, id, cost), ['PEXPIRE', key, ttlMs(request, quota.periodUs)]] };
  return admitted;
};

/** Sees all that were added meanwhile, and refuses its own request for theirs. */
const zaddFirst: NaiveSequence = function* (request, quota) {
  const { key, id, nowUs, cost } = request;
  yield {
    commands: [
      removeUntil(key, nowUs - quota.periodUs),
      addUnits(key, nowUs, id, cost),
      ['PEXPIRE', key, ttlMs(request, quota.periodUs)],
    ],
  };
  const [units] = yield { commands: [['ZCARD', key]] };
  return counted(units) > quota.limit ? yield* refusal(request, quota, counted(units)) : admitted;
};

/** The instant is the member as well: requests of one instant are one member, and count once. */
const zaddTimestamp: NaiveSequence = function* (request, quota) {
  const { key, nowUs, cost } = request;
  const [, , units] = yield {
    multi: true,
    commands: [
      removeUntil(key, nowUs - quota.periodUs),
      addUnits(key, nowUs, String(nowUs), cost),
      ['ZCARD', key],
      ['PEXPIRE', key, ttlMs(request, quota.periodUs)],
    ],
  };
  return counted(units) > quota.limit ? yield* refusal(request, quota, counted(units)) : admitted;
};

/** Refused until of `units`, the request's own among them, as many have left the window as are too many. */
function* refusal({ key, nowUs, cost }: NaiveRequest, { limit, periodUs }: Quota, units: number): NaiveSteps {
  if (cost > limit) return refused(Number.POSITIVE_INFINITY);
  const [lastToGo] = yield { commands: [unitAt(key, units - limit - 1)] };
  return refused(instantOf(lastToGo) + periodUs - nowUs);
}

/** A member for each unit, of the length of an instant. */
const state = ({ periodUs }: Quota): RedisState => ({
  forgotten: { when: 'idle', us: periodUs },
  value: (requests) => ({
    type: 'sorted-set',
    entries: [{ texts: [`${unixUsText}:0`, unixUsText], times: Math.round(requests) }],
  }),
});

export const naive = {
  'zcard-then-zadd': { params: {}, sequence: zcardThenZadd, state },
  'zadd-first': { params: { count_rejected: true }, sequence: zaddFirst, state },
  'zadd-timestamp': { params: { count_rejected: true }, sequence: zaddTimestamp, state },
};
