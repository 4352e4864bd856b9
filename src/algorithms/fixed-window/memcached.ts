import {
  compareAndSwap,
  getThenSet,
  type MemcachedAnswer,
  type MemcachedOperation,
  type MemcachedSequence,
  type MemcachedTwin,
  wholeState,
} from '../memcached/memcached.ts';
import type { FixedWindowParams } from './fixed-window.ts';
import { inWindow, mayCount, startUs, windowStep } from './window.ts';

/**
 * An aligned window is a counter of its own, which `incr` counts in one command; a window that starts with its first
 * request is a state of two numbers. `incr` cannot be told a limit: what it counted for a refused request is given back by
 * `decr`, and what arrives in between sees a count that is too high.
 */
export const memcachedFixedWindow: MemcachedTwin<FixedWindowParams> = (quota, params, context) => {
  const step = windowStep(quota, params, context);
  if (params.align === 'first') return wholeState(step);

  const countInWindow: MemcachedSequence = function* (request) {
    const { nowUs, cost } = request;
    const windowUs = startUs(quota, params, context, nowUs);
    const key = `${request.key}:${windowUs}`;
    if (!mayCount(quota, params, cost)) {
      const { value } = yield { command: 'get', key };
      return inWindow(quota, request, windowUs, Number(value ?? 0), cost === 0);
    }
    const counted = yield* count(key, cost, windowUs + quota.periodUs - nowUs);
    const fits = counted <= quota.limit;
    if (fits || params.count_rejected) return inWindow(quota, request, windowUs, counted, fits);
    yield { command: 'decr', key, by: cost };
    return inWindow(quota, request, windowUs, counted - cost, false);
  };

  return { atomic: countInWindow, cas: compareAndSwap(step), 'get-then-set': getThenSet(step) };
};

/** What a counter comes to with `cost`. The first in a window adds it; of two who try, one is told and counts again. */
function* count(
  key: string,
  cost: number,
  keepUs: number,
): Generator<MemcachedOperation, number, MemcachedAnswer> {
  for (;;) {
    const counter = yield { command: 'incr', key, by: cost };
    if (counter.done) return Number(counter.value);
    const { done } = yield { command: 'add', key, value: String(cost), keepUs };
    if (done) return cost;
  }
}
