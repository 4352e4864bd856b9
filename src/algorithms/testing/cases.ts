/** Every algorithm with every parameter set, for each of a few quotas that are awkward in different ways. */
import type { Algorithm, Limiter, Quota } from '../algorithm.ts';
import { algorithms } from '../index.ts';
import { limiterOf, quota } from './limiters.ts';

type Params = Readonly<Record<string, unknown>>;

export interface Case {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly quota: Quota;
  readonly params: Params;
  readonly epochUs: number;
  readonly create: () => Limiter;
}

/** Beside the defaults and the variants, which the registry knows. */
const moreParams: Readonly<Record<string, readonly Params[]>> = {
  'fixed-window': [{ count_rejected: true }, { align: 'first', count_rejected: true }],
  'sliding-window-log': [
    { edge: 'inclusive' },
    { count_rejected: true },
    { edge: 'inclusive', count_rejected: true },
  ],
  'sliding-window-counter': [
    { sub_windows: 3 },
    { count_rejected: true },
    { rounding: 'none' },
    { rounding: 'nearest', count_rejected: true },
    { rounding: 'none', sub_windows: 3 },
    { rounding: 'nearest', sub_windows: 3 },
  ],
  'token-bucket': [
    { initial: 0 },
    { initial: 2 },
    { conformance: 'loose' },
    { conformance: 'loose', initial: 0 },
    { refill: 'interval', initial: 0 },
    { refill: 'interval', conformance: 'loose' },
    { refill: 'aligned' },
    { refill: 'aligned', initial: 0 },
  ],
  'leaky-bucket-queue': [{ delay: 2 }, { nodelay: true }],
  gcra: [{ tolerance: '0us' }, { tolerance: '5us' }, { tolerance: '300ms' }],
};

interface QuotaCase {
  readonly quota: Quota;
  readonly epochUs: number;
}

export const quotas: readonly QuotaCase[] = [
  { quota: quota('5/1500ms', 3), epochUs: 0 },
  { quota: quota('7/1m'), epochUs: -1 }, // does not divide, and the run starts 1 µs before 1970
  { quota: quota('70000/1s', 4), epochUs: 1_764_000_000_123_457 },
  { quota: quota('2/3us', 5), epochUs: -7 }, // burst above the limit, intervals of 1.5 µs
  { quota: quota('9/30us', 1), epochUs: 11 },
  { quota: quota('1/1s'), epochUs: 999_999 },
  { quota: quota('0/1s', 2), epochUs: 0 },
];

export const cases: readonly Case[] = quotas.flatMap((each) =>
  algorithms.flatMap((algorithm) =>
    paramsOf(algorithm)
      .filter((params) => divides(each.quota, params))
      .map((params) => caseOf(algorithm, each, params)),
  ),
);

export function caseOf(algorithm: Algorithm, { quota, epochUs }: QuotaCase, params: Params = {}): Case {
  const { limit, periodUs, burst } = quota;
  const settings = Object.entries(params).map(([name, value]) => ` ${name}=${value}`);
  return {
    name: `${algorithm.name} ${limit}/${periodUs}us,burst=${burst}${settings.join('')}`,
    algorithm,
    quota,
    params,
    epochUs,
    create: () => limiterOf(algorithm, quota, params, epochUs),
  };
}

function paramsOf({ name, variants }: Algorithm): Params[] {
  return [{}, ...variants.map(({ params }) => params), ...(moreParams[name] ?? [])];
}

function divides({ periodUs }: Quota, { sub_windows }: Params): boolean {
  return sub_windows === undefined || periodUs % Number(sub_windows) === 0;
}

/** The largest cost that can ever conform. */
export function capacity({ algorithm, quota: { limit, periodUs, burst }, params }: Case): number {
  if (limit === 0) return 0;
  if (params.tolerance !== undefined) return 1 + Math.floor(toleranceUs(params) / (periodUs / limit));
  if (params.conformance === 'loose') return burst === 0 ? 0 : Number.POSITIVE_INFINITY;
  return isOfBucketFamily(algorithm) ? burst : limit;
}

export function toleranceUs({ tolerance }: Params): number {
  return { '0us': 0, '5us': 5, '300ms': 300_000 }[String(tolerance)] ?? Number.NaN;
}

function isOfBucketFamily({ name }: Algorithm): boolean {
  return ['token-bucket', 'leaky-bucket', 'leaky-bucket-queue', 'gcra'].includes(name);
}
