import type { LimiterContext, Quota } from '../algorithm.ts';
import { pair, type Step, unpaired } from '../sequence.ts';
import { burstOf } from '../ticks.ts';
import { type IntervalSettings, type Opening, openingOf } from './opening.ts';

/**
 * The token bucket of interval.ts as a step. The state is the tokens, and the instant of the last refill; it is
 * forgotten a period after the bucket is full, and with it the phase.
 */
export function intervalStep(
  quota: Quota,
  { initial, loose, refill }: IntervalSettings,
  context: LimiterContext,
): Step {
  const { limit, periodUs } = quota;
  const burst = burstOf(quota);
  const bucket = bucketAt({ ...quota, burst }, Math.min(initial, burst), openingOf(quota, refill, context));
  return (state, { nowUs, cost }) => {
    const [tokens, refilledAtUs] = bucket(state, nowUs);
    const needed = loose ? Math.min(cost, 1) : cost;
    const allowed = cost === 0 || needed <= tokens;
    const untilUs = Math.ceil((needed - tokens) / limit) * periodUs - (nowUs - refilledAtUs);
    const retryAfterUs = needed > burst ? Number.POSITIVE_INFINITY : untilUs;
    const left = allowed ? tokens - cost : tokens;
    const decision = {
      allowed,
      retryAfterUs: allowed ? 0 : retryAfterUs,
      delayUs: 0,
      remaining: Math.max(0, left),
    };
    if (cost === 0 || (!allowed && state !== undefined)) return { decision };
    const fullInUs = (Math.ceil((burst - left) / Math.max(limit, 1)) + 1) * periodUs;
    const keepUs = refilledAtUs + fullInUs - nowUs;
    return { decision, write: { state: pair(left, refilledAtUs), keepUs } };
  };
}

/** Tokens now, and when the last ones came. The refill clock starts with the key's first request, even when that is refused. */
function bucketAt({ limit, periodUs, burst }: Quota, initial: number, openingUs: Opening) {
  return (state: string | undefined, nowUs: number): [tokens: number, refilledAtUs: number] => {
    if (state === undefined) return [initial, openingUs(nowUs)];
    const [tokens, refilledAtUs] = unpaired(state);
    const periods = Math.floor((nowUs - refilledAtUs) / periodUs);
    if (periods <= 0) return [tokens, refilledAtUs];
    return [Math.min(burst, tokens + periods * limit), refilledAtUs + periods * periodUs];
  };
}
