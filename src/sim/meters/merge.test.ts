/** Each meter that can be merged: measuring the keys of two disjoint sets apart and merging equals measuring all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { contractKinds } from '../contract.ts';
import { arrivalsOf, decisionsOf, inRuns, type Row, tenantOf, testKeys } from '../testing/batches.ts';
import { type Decided, decided } from '../testing/decided.ts';
import { Demand, Fairness } from './fairness.ts';
import { UsDistribution } from './quantiles.ts';
import { Refusals } from './refusals.ts';
import { RuleAudit } from './rule-audit.ts';
import { Timeline } from './timeline.ts';

interface Mergeable<Meter> {
  readonly create: () => Meter;
  readonly measure: (meter: Meter, rows: readonly Decided[]) => void;
  readonly figures: (meter: Meter) => unknown;
}

/** `setOf`: which of two sets a row belongs to. */
function mergesFor<Meter extends { merge(other: Meter): void }>(
  { create, measure, figures }: Mergeable<Meter>,
  setOf: (row: Row, keys: readonly boolean[]) => boolean = ({ key }, keys) => keys[key],
): void {
  const measured = (rows: readonly Decided[]) => {
    const meter = create();
    if (rows.length > 0) measure(meter, rows);
    return meter;
  };
  const sets = fc.array(fc.boolean(), { minLength: testKeys, maxLength: testKeys });
  const delayed = decided(quota('4/2s'), {
    delays: true,
    entityOf: (row) => tenantOf(row), // so that releases are in order for rules of tenants too
  });
  holdsFor(
    fc.tuple(delayed, sets),
    ([rows, keys]) => {
      const merged = measured(rows.filter((row) => setOf(row, keys)));
      merged.merge(measured(rows.filter((row) => !setOf(row, keys))));
      expect(figures(merged)).toEqual(figures(measured(rows)));
    },
    100,
  );
}

class FairnessOnDemand {
  readonly demand = new Demand();
  readonly fairness = new Fairness();
  merge(other: FairnessOnDemand): void {
    this.demand.merge(other.demand);
    this.fairness.merge(other.fairness);
  }
}

const admissions = (rows: readonly Decided[]) => rows.filter(({ waitUs }) => waitUs === 0);

describe('merge of parts = the whole', () => {
  test('Demand', () =>
    mergesFor({
      create: () => new Demand(),
      measure: (demand, rows) => demand.measure(arrivalsOf(rows)),
      figures: (demand) =>
        Array.from({ length: demand.keys }, (_, key) => [demand.demanded(key), demand.entitled(key)]),
    }));

  test('Fairness, with its Demand', () =>
    mergesFor({
      create: () => new FairnessOnDemand(),
      measure: ({ demand, fairness }, rows) => {
        demand.measure(arrivalsOf(rows));
        fairness.reserve(testKeys);
        for (const { key, cost, waitUs } of rows) if (cost > 0) fairness.add(key, waitUs === 0 ? 1 : 0);
      },
      figures: ({ demand, fairness }) => fairness.figures(demand),
    }));

  test('Refusals', () =>
    mergesFor({
      create: () => new Refusals(),
      measure: (refusals, rows) => {
        const [arrivals, decisions] = [arrivalsOf(rows), decisionsOf(rows)];
        refusals.reserve(testKeys);
        inRuns(arrivals, (key, from, end) => refusals.measureRun(key, arrivals, decisions, from, end));
      },
      figures: (refusals) => refusals.figures(),
    }));

  test('UsDistribution', () =>
    mergesFor({
      create: () => new UsDistribution(),
      measure: (distribution, rows) => {
        for (const { delayUs } of admissions(rows)) distribution.record(delayUs);
      },
      figures: (distribution) => distribution.quantiles(),
    }));

  test('Timeline', () =>
    mergesFor({
      create: () => new Timeline(),
      measure: (timeline, rows) => {
        for (const { atUs, delayUs } of admissions(rows)) timeline.add(atUs + delayUs);
      },
      figures: (timeline) => timeline.snapshot(),
    }));

  test.each(contractKinds)('RuleAudit under the contract %s, per key and per tenant', (contract) => {
    for (const per of ['key', 'tenant'] as const) {
      const rule = { quota: quota('4/2s', 3), per, burstNamed: true };
      mergesFor(
        {
          create: () => new RuleAudit(rule, contract, { epochUs: 0 }, undefined),
          measure: (audit, rows) =>
            audit.measure(arrivalsOf(rows), decisionsOf(rows), new Uint8Array(rows.length)),
          figures: (audit) => audit.figures(),
        },
        per === 'key' ? undefined : (row) => tenantOf(row) === 0,
      );
    }
  });
});
