/** The fixed window for stores that run no scripts: what there is to say of one window, whatever holds its count. */
import type { LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import { pair, type SequenceDecision, type SequenceRequest, type Step, unpaired } from '../sequence.ts';
import type { FixedWindowParams } from './fixed-window.ts';

/** The start of the aligned window that an instant falls into; the instant itself where windows are not aligned. */
export function startUs(
  quota: Quota,
  { align }: FixedWindowParams,
  { epochUs }: LimiterContext,
  nowUs: number,
): number {
  if (align === 'first') return nowUs;
  return nowUs - ((nowUs + alignmentUs(epochUs, quota.periodUs)) % quota.periodUs);
}

/** Whether a request may count at all: where refused requests do not, one that can never conform does not. */
export function mayCount({ limit }: Quota, { count_rejected }: FixedWindowParams, cost: number): boolean {
  return cost > 0 && (count_rejected || cost <= limit);
}

/** The decision in a window that started at `windowUs` and in which `used` units are counted, with the request's if they are. */
export function inWindow(
  { limit, periodUs }: Quota,
  { nowUs, cost }: SequenceRequest,
  windowUs: number,
  used: number,
  allowed: boolean,
): SequenceDecision {
  const endsInUs = cost > limit ? Number.POSITIVE_INFINITY : windowUs + periodUs - nowUs;
  return { allowed, retryAfterUs: allowed ? 0 : endsInUs, delayUs: 0, remaining: Math.max(0, limit - used) };
}

/** The state is the start of the window, and the units used in it. */
export function windowStep(quota: Quota, params: FixedWindowParams, context: LimiterContext): Step {
  return (state, request) => {
    const { nowUs, cost } = request;
    const [since, units] = state === undefined ? [Number.NaN, 0] : unpaired(state);
    const isOpen = nowUs < since + quota.periodUs;
    const windowUs = isOpen ? since : startUs(quota, params, context, nowUs);
    const used = isOpen ? units : 0;
    const fits = used + cost <= quota.limit;
    if (cost === 0 || (!fits && !params.count_rejected)) {
      return { decision: inWindow(quota, request, windowUs, used, cost === 0) };
    }
    return {
      decision: inWindow(quota, request, windowUs, used + cost, fits),
      write: { state: pair(windowUs, used + cost), keepUs: windowUs + quota.periodUs - nowUs },
    };
  };
}
