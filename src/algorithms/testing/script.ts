/** Scripted tables: what an algorithm answers, request by request, in the words of its specification. */
import { parseDuration, spellDuration } from '../../units.ts';
import type { Limiter } from '../algorithm.ts';
import { type Decision, decideBatch } from './limiters.ts';

/**
 * One request of key 0: when (a duration, or microseconds), its cost, the answer, what remains after it, and why. The
 * answer is `passes`, `held 10ms` (passes, after being held back), `waits 600ms` (refused, conforms then) or `never`.
 */
export type Row = readonly [at: string | number, cost: number, answer: string, left: number, why: string];

/** The same rows with the answers that `limiter` gives; to be compared with the rows that were wanted. */
export function answers(limiter: Limiter, rows: readonly Row[], durationUs = 0): Row[] {
  return rows.map(([at, cost, , , why]) => {
    const atUs = typeof at === 'string' ? parseDuration(at) : at;
    const [decision] = decideBatch(limiter, [{ atUs, key: 0, cost, durationUs }]);
    return [at, cost, inWords(decision), limiter.remaining(0, atUs), why];
  });
}

function inWords({ waitUs, delayUs }: Decision): string {
  if (waitUs === Number.POSITIVE_INFINITY) return 'never';
  if (waitUs > 0) return `waits ${spellDuration(waitUs)}`;
  return delayUs > 0 ? `held ${spellDuration(delayUs)}` : 'passes';
}

/** How many of the requests of cost 1 at these instants pass. */
export function admittedOf(limiter: Limiter, instantsUs: readonly number[]): number {
  const requests = instantsUs.map((atUs) => ({ atUs, key: 0, cost: 1, durationUs: 0 }));
  return decideBatch(limiter, requests).filter(({ waitUs }) => waitUs === 0).length;
}

export function times<T>(count: number, value: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => value(index));
}
