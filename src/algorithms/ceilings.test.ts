/** What each limiter never lets through, by brute force over all intervals. */
import { describe, expect, test } from 'vitest';
import { type Case, cases, toleranceUs } from './testing/cases.ts';
import { holdsFor } from './testing/law.ts';
import { decideAllByHand, type Request } from './testing/limiters.ts';
import { traffic } from './testing/traffic.ts';

interface Admitted extends Request {
  readonly delayUs: number;
}

const tries = 25;

function named(name: string, holds: (params: Case['params']) => boolean = () => true) {
  return cases
    .filter((each) => each.algorithm.name === name && holds(each.params))
    .map((each) => [each.name, each] as const);
}

/** Gives `law` what a limiter admits of random traffic, oldest first. */
function alwaysAdmits({ quota, epochUs, create }: Case, law: (admitted: readonly Admitted[]) => void): void {
  holdsFor(
    traffic(quota, { epochUs, maxLength: 60 }),
    (requests) => {
      const decisions = decideAllByHand(create(), requests);
      const all = requests.map((request, row) => ({ ...request, ...decisions[row] }));
      law(all.filter(({ waitUs, cost }) => waitUs === 0 && cost > 0));
    },
    tries,
  );
}

/** Most units in any window of `windowUs` whose oldest instant still counts or not. */
function mostInTrailing(
  admitted: readonly Admitted[],
  windowUs: number,
  edge: 'exclusive' | 'inclusive',
): number {
  const totals = admitted.map(({ atUs }) => {
    const fromUs = edge === 'inclusive' ? atUs - windowUs : atUs - windowUs + 1;
    return units(admitted.filter((other) => other.atUs >= fromUs && other.atUs <= atUs));
  });
  return Math.max(0, ...totals);
}

function mostInAligned(admitted: readonly Admitted[], { quota: { periodUs }, epochUs }: Case): number {
  const windowOf = ({ atUs }: Request) => Math.floor((atUs + (epochUs % periodUs)) / periodUs);
  const totals = admitted.map((one) => units(admitted.filter((other) => windowOf(other) === windowOf(one))));
  return Math.max(0, ...totals);
}

function units(admitted: readonly Admitted[]): number {
  return admitted.reduce((sum, { cost }) => sum + cost, 0);
}

/**
 * For all runs of neighbours, the most by which their units exceed what their span allows, in parts of 1 / period: 0 or
 * less where the ceiling holds. With loose conformance the last one may overdraw: one token must be left for it.
 */
function worstExcess(
  { quota, params }: Case,
  admitted: readonly Admitted[],
  allowed: (spanUs: bigint) => bigint,
) {
  const period = BigInt(quota.periodUs);
  let worst = -1n;
  for (let first = 0; first < admitted.length; first++) {
    let before = 0;
    for (const { cost, atUs } of admitted.slice(first)) {
      const units = BigInt(before + (params.conformance === 'loose' ? 1 : cost));
      const excess = units * period - allowed(BigInt(atUs - admitted[first].atUs));
      if (excess > worst) worst = excess;
      before += cost;
    }
  }
  return worst;
}

describe('never above the limit in any trailing window', () => {
  test.each(named('sliding-window-log'))('%s', (_, each) => {
    const { limit, periodUs } = each.quota;
    const edge = each.params.edge === 'inclusive' ? 'inclusive' : 'exclusive';
    alwaysAdmits(each, (admitted) => {
      expect(mostInTrailing(admitted, periodUs, edge)).toBeLessThanOrEqual(limit);
    });
  });
});

describe('never above the limit in an aligned window, nor above twice the limit in a trailing one', () => {
  const aligned = [
    ...named('fixed-window', ({ align }) => align !== 'first'),
    ...named('sliding-window-counter', ({ sub_windows }) => sub_windows === undefined),
  ];
  test.each(aligned)('%s', (_, each) => {
    const { limit, periodUs } = each.quota;
    alwaysAdmits(each, (admitted) => {
      expect(mostInAligned(admitted, each)).toBeLessThanOrEqual(limit);
      expect(mostInTrailing(admitted, periodUs, 'exclusive')).toBeLessThanOrEqual(2 * limit);
    });
  });
});

describe('never above twice the limit in a trailing window, and that is reached: see the tables', () => {
  const others = [
    ...named('fixed-window', ({ align }) => align === 'first'),
    ...named('sliding-window-counter', ({ sub_windows }) => sub_windows !== undefined),
  ];
  test.each(others)('%s', (_, each) => {
    alwaysAdmits(each, (admitted) => {
      expect(mostInTrailing(admitted, each.quota.periodUs, 'exclusive')).toBeLessThanOrEqual(
        2 * each.quota.limit,
      );
    });
  });
});

describe('never above burst + rate · t in any interval of length t', () => {
  const buckets = [
    ...named('gcra'),
    ...named('leaky-bucket'),
    ...named('leaky-bucket-queue'),
    ...named('token-bucket', ({ refill }) => refill === undefined),
  ];
  test.each(buckets)('%s', (_, each) => {
    const { limit, periodUs, burst } = each.quota;
    const byTolerance = periodUs + toleranceUs(each.params) * limit; // parts of 1 / period, as is the other
    const depth = BigInt(each.params.tolerance === undefined ? burst * periodUs : byTolerance);
    alwaysAdmits(each, (admitted) => {
      expect(worstExcess(each, admitted, (spanUs) => depth + BigInt(limit) * spanUs)).toBeLessThanOrEqual(0n);
      if (limit === 0) expect(admitted).toEqual([]);
    });
  });
});

describe('never above burst + limit · (⌊t / period⌋ + 1): one refill more than whole periods', () => {
  test.each(named('token-bucket', ({ refill }) => refill !== undefined))('%s', (_, each) => {
    const [limit, period, burst] = [each.quota.limit, each.quota.periodUs, each.quota.burst].map(BigInt);
    alwaysAdmits(each, (admitted) => {
      const allowed = (spanUs: bigint) => (burst + limit * (spanUs / period + 1n)) * period;
      expect(worstExcess(each, admitted, allowed)).toBeLessThanOrEqual(0n);
    });
  });
});

describe('never more in flight than the limit', () => {
  test.each(named('concurrency'))('%s', (_, each) => {
    alwaysAdmits(each, (admitted) => {
      for (const { atUs } of admitted) {
        const inFlight = admitted.filter(
          (other) => other.atUs <= atUs && atUs < other.atUs + other.durationUs,
        );
        expect(units(inFlight)).toBeLessThanOrEqual(each.quota.limit);
      }
    });
  });
});

describe('the queue serves in order, an emission interval a unit, at most (burst − cost) intervals late', () => {
  test.each(named('leaky-bucket-queue', ({ delay, nodelay }) => !delay && !nodelay))('%s', (_, each) => {
    const { limit, periodUs, burst } = each.quota;
    alwaysAdmits(each, (admitted) => {
      admitted.forEach(({ atUs, delayUs, cost }, row) => {
        expect(delayUs).toBeLessThanOrEqual(Math.ceil(((burst - cost) * periodUs) / limit));
        if (row === 0) return;
        const before = admitted[row - 1];
        const apartUs = atUs + delayUs - (before.atUs + before.delayUs);
        // releases are rounded up to microseconds, so two may come closer by less than one
        expect(apartUs).toBeGreaterThanOrEqual(Math.floor((before.cost * periodUs) / limit));
      });
    });
  });
});
