/** Random rows with random decisions: any that a limiter could make, and many that none would. */
import fc from 'fast-check';
import type { Quota } from '../../algorithms/algorithm.ts';
import type { Decision } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { groupedBy, type Row, testKeys } from './batches.ts';

export interface Decided extends Row, Decision {}

export const cutsArbitrary = fc.array(fc.nat(40), { maxLength: 4 });

interface DecidedOptions {
  readonly keys?: number;
  readonly maxLength?: number;
  readonly epochUs?: number;
  /** Whether admissions are held back, each key's in their order. */
  readonly delays?: boolean;
  readonly entityOf?: (row: Row) => number;
}

/** Peeks are admitted at once, as every limiter does. */
export function decided(quota: Quota, options: DecidedOptions = {}): fc.Arbitrary<Decided[]> {
  const { keys = testKeys, maxLength = 40, epochUs = 0, delays = false, entityOf = keyOf } = options;
  const decision = fc.record({
    waitUs: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: quota.periodUs }) },
      { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
    ),
    delayUs: delays ? fc.nat(quota.periodUs) : fc.constant(0),
  });
  return fc
    .tuple(
      traffic(quota, { keys, maxLength, epochUs }),
      fc.array(decision, { minLength: maxLength, maxLength }),
      fc.array(fc.boolean(), { minLength: maxLength, maxLength }),
    )
    .map(([requests, decisions, entitled]) =>
      firstInFirstOut(
        requests.map((request, row) => ({
          ...request,
          ...(request.cost === 0 ? { waitUs: 0, delayUs: 0 } : decisions[row]),
          entitled: entitled[row],
        })),
        entityOf,
      ),
    );
}

const keyOf = ({ key }: Row) => key;

/** Lengthens delays so that no release overtakes another of the same entity. */
function firstInFirstOut(rows: readonly Decided[], entityOf: (row: Row) => number): Decided[] {
  const lastUs = new Map<number, number>();
  return rows.map((row) => {
    if (row.waitUs > 0 || row.cost === 0) return { ...row, delayUs: 0 };
    const releaseUs = Math.max(row.atUs + row.delayUs, lastUs.get(entityOf(row)) ?? 0);
    lastUs.set(entityOf(row), releaseUs);
    return { ...row, delayUs: releaseUs - row.atUs };
  });
}

export function byKey(rows: readonly Decided[]): Decided[][] {
  return [...groupedBy(rows, keyOf).values()];
}
