import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { inBatches, testKeys } from '../testing/batches.ts';
import { byKey, cutsArbitrary, type Decided, decided } from '../testing/decided.ts';
import { curvePercents, Demand, Fairness, type FairnessFigures } from './fairness.ts';

function measure(rows: readonly Decided[], cuts: readonly number[] = []): FairnessFigures {
  const demand = new Demand();
  const fairness = new Fairness();
  inBatches(rows, rows, cuts, (arrivals, decisions) => {
    demand.measure(arrivals);
    fairness.reserve(testKeys);
    for (let row = 0; row < arrivals.length; row++)
      if (arrivals.cost[row] > 0) fairness.add(arrivals.key[row], decisions.allowed[row]);
  });
  return fairness.figures(demand);
}

/** R. Jain: (Σ x)² / (n · Σ x²). */
function jain(shares: readonly number[]): number | null {
  if (shares.length === 0) return null;
  const sum = shares.reduce((total, x) => total + x, 0);
  const squares = shares.reduce((total, x) => total + x * x, 0);
  return squares === 0 ? 1 : sum ** 2 / (shares.length * squares);
}

/** The smallest share that at least so many percent of them do not exceed. */
function curve(shares: readonly number[]): number[] {
  if (shares.length === 0) return [];
  const reached = (share: number) => shares.filter((other) => other <= share).length / shares.length;
  return curvePercents.map((percent) =>
    Math.min(...shares.filter((share) => Math.round(reached(share) * 1e9) >= percent * 1e7)),
  );
}

/** Peeks ask for nothing. */
function byHand(rows: readonly Decided[]): FairnessFigures {
  const asked = rows.filter(({ cost }) => cost > 0);
  const keys = byKey(asked).map((own) => ({
    demanded: own.length,
    entitled: own.filter(({ entitled }) => entitled).length,
    admitted: own.filter(({ waitUs }) => waitUs === 0).length,
  }));
  const entitled = keys.filter((key) => key.entitled > 0);
  const ofDemanded = keys.map((key) => key.admitted / key.demanded);
  const ofEntitled = entitled.map((key) => key.admitted / key.entitled);
  return {
    jain: jain(ofDemanded),
    jainEntitled: jain(ofEntitled),
    starvedKeys: entitled.filter(({ admitted }) => admitted === 0).length,
    demandedCurve: curve(ofDemanded),
    entitledCurve: curve(ofEntitled),
  };
}

function row(key: number, admitted: boolean, entitled = true): Decided {
  return { atUs: 0, key, cost: 1, durationUs: 0, entitled, waitUs: admitted ? 0 : 1000, delayUs: 0 };
}

describe('Fairness', () => {
  test('is Jain’s index over the shares of the keys, counts the starved, and tells the shares by rank', () => {
    const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 12));
    holdsFor(
      fc.tuple(decided(quota('3/20ms')), cutsArbitrary),
      ([rows, cuts]) => {
        const wanted = byHand(rows);
        expect(measure(rows, cuts)).toEqual({
          ...wanted,
          jain: near(wanted.jain),
          jainEntitled: near(wanted.jainEntitled),
        });
      },
      100,
    );
  });

  test.each([
    { shares: 'all alike', keys: [0, 1, 2, 3], admitted: [0, 1, 2, 3], index: 1 },
    { shares: 'one takes all', keys: [0, 1, 2, 3], admitted: [2], index: 1 / 4 },
    { shares: 'nobody gets anything', keys: [0, 1, 2, 3], admitted: [], index: 1 },
    { shares: 'two of three', keys: [0, 1, 2], admitted: [0, 1], index: 4 / (3 * 2) },
  ])('$shares: $index', ({ keys, admitted, index }) => {
    const rows = keys.map((key) => row(key, admitted.includes(key)));
    expect(measure(rows).jain).toBeCloseTo(index, 12);
  });

  test('a key that was entitled to nothing is not starved and not in the index of the entitled', () => {
    expect(measure([row(0, true), row(1, false, false)])).toMatchObject({
      jain: 0.5,
      jainEntitled: 1,
      starvedKeys: 0,
    });
    expect(measure([row(0, true), row(1, false)]).starvedKeys).toBe(1);
  });

  test('of no requests there is no index', () =>
    expect(new Fairness().figures(new Demand())).toEqual({
      jain: null,
      jainEntitled: null,
      starvedKeys: 0,
      demandedCurve: [],
      entitledCurve: [],
    }));

  test('a curve of five keys steps up behind every fifth of them', () => {
    const keys = [0, 1, 2, 3, 4];
    const rows = keys.flatMap((key) => [1, 2, 3, 4].map((request) => row(key, request <= key)));
    const steps = [0, 0.25, 0.5, 0.75, 1]; // key k got k of 4
    expect(measure(rows).demandedCurve).toEqual([0, ...steps.flatMap((share) => Array(4).fill(share))]);
  });
});
