import type { PlannedRequest } from './workload.ts';

/** Keys whose admissions are judged window by window, and how many windows of each. */
const mostKeys = 6;
const mostWindows = 8;

/** A request and when it is really sent. */
export interface SentRequest {
  readonly request: PlannedRequest;
  readonly atUs: number;
}

/** The keys that send most. */
export function busiest(requests: readonly PlannedRequest[], keys: number): number[] {
  const sent = new Uint32Array(keys);
  for (const { key } of requests) sent[key]++;
  const order = Array.from(sent.keys()).sort((a, b) => sent[b] - sent[a]);
  return order.slice(0, mostKeys);
}

/** Counts admissions of the watched keys in each of their first windows, and of all keys together. */
export class Watched {
  readonly pairs: readonly { readonly key: number; readonly window: number }[];
  readonly #periodUs: number;
  readonly #places = new Map<number, number>();

  constructor(keys: readonly number[], periodUs: number) {
    this.#periodUs = periodUs;
    this.pairs = keys.flatMap((key) => Array.from({ length: mostWindows }, (_, window) => ({ key, window })));
    for (const [at, key] of keys.entries()) this.#places.set(key, at * mostWindows);
  }

  /** By when requests were due, which is what a script counts by. */
  count(sent: readonly SentRequest[], allowed: Uint8Array) {
    const byPair = new Uint32Array(this.pairs.length);
    let total = 0;
    for (const [row, { request }] of sent.entries()) {
      if (allowed[row] === 0) continue;
      const { key, dueUs } = request;
      total++;
      const place = this.#places.get(key);
      if (place === undefined) continue;
      const last = Math.floor((2 * dueUs) / this.#periodUs);
      for (const window of [last - 1, last]) {
        if (window >= 0 && window < mostWindows) byPair[place + window]++;
      }
    }
    return { total, byPair };
  }
}
