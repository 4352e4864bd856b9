/**
 * The slowest and plainest form of each algorithm, for one key: lists that are summed anew for each request, and exact
 * fractions of BigInt. A model answers whether a request is admitted; that the waits fit to the admissions is a law.
 */
import type { Quota } from '../algorithm.ts';
import type { Request } from './limiters.ts';

type Model = (request: Request) => boolean;

interface WindowSettings {
  readonly epochUs: number;
  readonly countRejected: boolean;
}

interface Counted {
  readonly atUs: number;
  readonly cost: number;
}

const unitsOf = (entries: readonly Counted[]) => entries.reduce((units, { cost }) => units + cost, 0);

export function alignedWindowModel({ limit, periodUs }: Quota, settings: WindowSettings): Model {
  const counted: Counted[] = [];
  const windowOf = (atUs: number) => Math.floor((atUs + (settings.epochUs % periodUs)) / periodUs);
  return ({ atUs, cost }) => {
    const used = unitsOf(counted.filter((entry) => windowOf(entry.atUs) === windowOf(atUs)));
    const conforms = used + cost <= limit || cost === 0;
    if (conforms || settings.countRejected) counted.push({ atUs, cost });
    return conforms;
  };
}

export function windowFromFirstModel({ limit, periodUs }: Quota, settings: WindowSettings): Model {
  let window: Counted[] = [];
  return ({ atUs, cost }) => {
    if (window.length > 0 && atUs - window[0].atUs >= periodUs) window = [];
    const conforms = unitsOf(window) + cost <= limit || cost === 0;
    if (cost > 0 && (conforms || settings.countRejected)) window.push({ atUs, cost });
    return conforms;
  };
}

export function logModel({ limit, periodUs }: Quota, inclusive: boolean, countRejected: boolean): Model {
  const log: Counted[] = [];
  return ({ atUs, cost }) => {
    const isInWindow = (ageUs: number) => (inclusive ? ageUs <= periodUs : ageUs < periodUs);
    const used = unitsOf(log.filter((entry) => isInWindow(atUs - entry.atUs)));
    const conforms = used + cost <= limit || cost === 0;
    if (conforms || countRejected) log.push({ atUs, cost });
    return conforms;
  };
}

interface CounterSettings extends WindowSettings {
  readonly rounding: 'down' | 'none' | 'nearest';
}

/** previous · (1 − f) + current in fractions of the period, rounded, and the cost are at most the limit. */
export function twoBucketModel({ limit, periodUs }: Quota, settings: CounterSettings): Model {
  const counters = new Map<bigint, bigint>();
  const period = BigInt(periodUs);
  return ({ atUs, cost }) => {
    const alignedUs = BigInt(atUs) + BigInt(settings.epochUs) + period * 10n ** 12n; // never below 0
    const window = alignedUs / period;
    const leftUs = period - (alignedUs % period);
    const previous = counters.get(window - 1n) ?? 0n;
    const current = counters.get(window) ?? 0n;
    const estimateTimesPeriod = previous * leftUs + current * period;
    const rounded = {
      none: estimateTimesPeriod,
      down: (estimateTimesPeriod / period) * period,
      nearest: ((2n * estimateTimesPeriod + period) / (2n * period)) * period,
    }[settings.rounding];
    const conforms = cost === 0 || rounded + BigInt(cost) * period <= BigInt(limit) * period;
    if (conforms || settings.countRejected) counters.set(window, current + BigInt(cost));
    return conforms;
  };
}

export interface TokenSettings {
  readonly initial: number;
  readonly loose: boolean;
}

/** Tokens in parts of 1 / period, of which `limit` come in a microsecond. */
export function tokenModel({ limit, periodUs, burst }: Quota, { initial, loose }: TokenSettings): Model {
  const perToken = BigInt(periodUs);
  const full = BigInt(limit === 0 ? 0 : burst) * perToken;
  let parts: bigint | undefined;
  let lastUs = 0;
  return ({ atUs, cost }) => {
    if (cost === 0) return true;
    parts ??= smaller(full, BigInt(initial) * perToken) - BigInt(limit) * BigInt(atUs - lastUs);
    parts = smaller(full, parts + BigInt(limit) * BigInt(atUs - lastUs));
    lastUs = atUs;
    const conforms = parts >= BigInt(loose ? 1 : cost) * perToken;
    if (conforms) parts -= BigInt(cost) * perToken;
    return conforms;
  };
}

/** Refills one after another, as a timer would that is started by the first request, or by the last multiple of the period before it. */
export function intervalModel(
  { limit, periodUs, burst }: Quota,
  { initial, loose, alignedBy }: TokenSettings & { readonly alignedBy?: number },
): Model {
  const full = limit === 0 ? 0 : burst;
  let tokens = Math.min(full, initial);
  let nextRefillUs: number | undefined;
  return ({ atUs, cost }) => {
    if (cost === 0) return true;
    nextRefillUs ??= (alignedBy === undefined ? atUs : startOfWindow(atUs, periodUs, alignedBy)) + periodUs;
    for (; nextRefillUs <= atUs; nextRefillUs += periodUs) tokens = Math.min(full, tokens + limit);
    const conforms = tokens >= (loose ? 1 : cost);
    if (conforms) tokens -= cost;
    return conforms;
  };
}

function startOfWindow(atUs: number, periodUs: number, epochUs: number): number {
  return Math.floor((atUs + (epochUs % periodUs)) / periodUs) * periodUs - (epochUs % periodUs);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
