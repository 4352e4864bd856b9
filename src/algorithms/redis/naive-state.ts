/** Read the state, decide in the client, write the new state: what people do with any state of a few numbers. */
import type { Quota } from '../algorithm.ts';
import { burstOf, ticksOf, ticksToUs } from '../ticks.ts';
import {
  admitted,
  type NaiveDecision,
  type NaiveRequest,
  type NaiveSequence,
  refused,
  ttlMs,
} from './naive.ts';

/** The numbers of two fields; what they are is up to the step. */
type State = readonly [number, number];

interface Outcome {
  readonly decision: NaiveDecision;
  /** What to write, and for how many microseconds it matters; absent when the state stays as it is. */
  readonly next?: { readonly state: State; readonly lastsUs: number };
}

/** What happens in the client between reading and writing. There is no state before the first request. */
export type NaiveStep = (state: State | undefined, request: NaiveRequest, quota: Quota) => Outcome;

/** All state in one string: GET, then SET. */
export function getThenSet(step: NaiveStep): NaiveSequence {
  return function* (request, quota) {
    const [text] = yield { commands: [['GET', request.key]] };
    const { decision, next } = step(stateOf(String(text ?? '').split(':')), request, quota);
    if (next) {
      yield {
        commands: [['SET', request.key, next.state.join(':'), 'PX', ttlMs(request, next.lastsUs)]],
      };
    }
    return decision;
  };
}

/** A hash: HMGET, then HSET and PEXPIRE in a transaction, which nothing ties to what was read. */
export function multiWithoutWatch(step: NaiveStep): NaiveSequence {
  return function* (request, quota) {
    const { key } = request;
    const [fields] = yield { commands: [['HMGET', key, 'first', 'second']] };
    const { decision, next } = step(stateOf(fields as (string | null)[]), request, quota); // what HMGET answers
    if (next) {
      const [first, second] = next.state;
      yield {
        multi: true,
        commands: [
          ['HSET', key, 'first', first, 'second', second],
          ['PEXPIRE', key, ttlMs(request, next.lastsUs)],
        ],
      };
    }
    return decision;
  };
}

function stateOf([first, second]: readonly (string | null)[]): State | undefined {
  return first && second ? [Number(first), Number(second)] : undefined;
}

/**
 * The step of what drains at the rate's pace and holds the burst, in ticks beside the instant at which it was so high: see
 * `DrainingLevel`. With `holdsBack` a request waits until what was there before it has drained.
 */
export function drainingStep({ holdsBack }: { readonly holdsBack: boolean }): NaiveStep {
  return ([ticks, sinceUs] = [0, 0], { nowUs, cost }, quota) => {
    const { perUnit, perUs } = ticksOf(quota);
    const capacity = burstOf(quota) * perUnit;
    const poured = cost * perUnit;
    const level = Math.max(ticks - Math.max(nowUs - sinceUs, 0) * perUs, 0);
    const overflow = level + poured - capacity;
    if (overflow > 0) {
      return { decision: refused(poured > capacity ? Number.POSITIVE_INFINITY : ticksToUs(overflow, perUs)) };
    }
    const delayUs = holdsBack ? ticksToUs(level, perUs) : 0;
    const next = { state: [level + poured, nowUs] as const, lastsUs: (level + poured) / perUs };
    return { decision: { ...admitted, delayUs }, next };
  };
}
