/**
 * GCRA, the token bucket, the leaky bucket and the queue as one rule on one number. They differ in words, and agree on every
 * decision (twins.test.ts): tokens that lack, water in a bucket and a backlog all drain at the rate's pace, so each is
 * as good as the instant at which it will have drained, the theoretical arrival time (TAT) of GCRA. Here it is counted
 * in ticks (see ticks.ts) as a bigint, so that it is a whole number for any rate and any time.
 */
import type { SequenceDecision, SequenceRequest, Step } from './sequence.ts';
import { type Ticks, ticksToUs } from './ticks.ts';

export interface Schedule extends Ticks {
  /** How many ticks TAT may come to lie after now. */
  readonly depthTicks: number;
  /** How many ticks after now it lies for a key that was never seen. */
  readonly newTicks: number;
  /** Whether room for one unit is enough for any cost. */
  readonly loose: boolean;
  /** How far ahead of now TAT may lie without the request being held back; Infinity where none is. */
  readonly undelayedTicks: number;
}

/** A rule for which keys start rested, whole costs must fit, and nothing is held back. */
export function plainSchedule(ticks: Ticks, depthTicks: number): Schedule {
  const { perUnit, perUs } = ticks;
  return { perUnit, perUs, depthTicks, newTicks: 0, loose: false, undelayedTicks: Number.POSITIVE_INFINITY };
}

/** Now, in the ticks that TAT is counted in. */
export function nowTicks({ perUs }: Schedule, nowUs: number): bigint {
  return BigInt(nowUs) * BigInt(perUs);
}

/** How far TAT lies after now, in ticks; 0 for a rested key. */
export function aheadTicks(schedule: Schedule, tat: bigint | undefined, nowUs: number): number {
  if (tat === undefined) return schedule.newTicks;
  return Math.max(Number(tat - nowTicks(schedule, nowUs)), 0);
}

/** Ticks that must be free for a request to conform. */
export function neededTicks({ perUnit, loose }: Schedule, cost: number): number {
  return (loose && cost > 1 ? 1 : cost) * perUnit;
}

/** The decision when TAT lies `ahead` ticks after now. */
export function decided(schedule: Schedule, ahead: number, cost: number): SequenceDecision {
  const { perUnit, perUs, depthTicks, undelayedTicks } = schedule;
  const needed = neededTicks(schedule, cost);
  const excess = ahead + needed - depthTicks;
  const left = (ticks: number) => Math.max(0, Math.floor((depthTicks - ticks) / perUnit));
  if (excess > 0 && cost > 0) {
    const retryAfterUs = needed > depthTicks ? Number.POSITIVE_INFINITY : ticksToUs(excess, perUs);
    return { allowed: false, retryAfterUs, delayUs: 0, remaining: left(ahead) };
  }
  const delayUs = ahead > undelayedTicks && cost > 0 ? ticksToUs(ahead - undelayedTicks, perUs) : 0;
  return { allowed: true, retryAfterUs: 0, delayUs, remaining: left(ahead + cost * perUnit) };
}

/** The state is TAT in ticks, which matters until it has passed. */
export function scheduleStep(schedule: Schedule): Step {
  return (state, request) => {
    const ahead = aheadTicks(schedule, state === undefined ? undefined : BigInt(state), request.nowUs);
    const decision = decided(schedule, ahead, request.cost);
    const next = nextAheadTicks(schedule, ahead, request, decision, state === undefined);
    if (next === undefined) return { decision };
    const tat = nowTicks(schedule, request.nowUs) + BigInt(next);
    return { decision, write: { state: String(tat), keepUs: ticksToUs(next, schedule.perUs) } };
  };
}

/** A new bucket that is not full starts to fill at its first request, even when that is refused. */
function nextAheadTicks(
  { perUnit, newTicks }: Schedule,
  ahead: number,
  { cost }: SequenceRequest,
  { allowed }: SequenceDecision,
  isNew: boolean,
): number | undefined {
  if (cost === 0) return undefined;
  if (allowed) return ahead + cost * perUnit;
  return isNew && newTicks > 0 ? ahead : undefined;
}
