/** With one node, no delay and no fault a deployment decides what the columnar engine decides. */
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { InlineEngine } from '../engine.ts';
import type { LaneResult } from '../lane.ts';
import { Oracle } from '../oracle.ts';
import type { ComparisonPlan } from '../plan.ts';
import { allSelections, parseProfiles } from '../selection.ts';
import type { Row } from '../testing/batches.ts';
import { testKeys } from '../testing/batches.ts';
import { ListedTraffic, planOf } from '../testing/runs.ts';
import { fleetSchema, parseTopologies } from './deployment.ts';

const undelayed = [
  'ideal',
  'central:network=0s:service=0s',
  'central:network=0s:service=0s:access=read-then-write',
  'central:network=0s:service=0s:connections=1',
  'central:network=0s:service=0s:clock=node',
  'local',
  'local:split=even',
  'synced',
  'gossip',
  'multi-region:network=0s:service=0s',
  'multi-region:network=0s:service=0s:merge=last-writer-wins',
  'central:network=0s:service=0s:max_keys=1k',
];
const limits = ['5/1s', '5/1s,burst=2', '7/20ms,per=tenant', '9/1s,per=global', '3/1s+9/7s'];

function onOneNode(plan: ComparisonPlan, topologyText: string): ComparisonPlan {
  const [{ topology }] = parseTopologies(topologyText);
  const deployment = {
    label: topologyText,
    topology,
    fleet: fleetSchema.parse({ nodes: 1 }),
    faults: [],
    seed: 1,
  };
  return { ...plan, selections: plan.selections.map((selection) => ({ ...selection, deployment })) };
}

function resultsOf(plan: ComparisonPlan, rows: readonly Row[]) {
  const engine = new InlineEngine(plan, 16);
  const oracle = new Oracle(plan);
  for (const source = new ListedTraffic(rows); source.next(engine.lend()); ) {
    oracle.judge(engine.lend());
    engine.take(engine.lend());
  }
  return engine.finish().map(decided);
}

/** What tells of decisions; what a place costs is another matter. */
function decided({
  algorithm,
  variant,
  topology: _,
  deployment: __,
  bytesPerKey: ___,
  throughput: ____,
  ...figures
}: LaneResult) {
  return { algorithm, variant, ...figures };
}

describe.each(undelayed)('%s', (topology) => {
  test.each(limits)('decides as the columnar engine does under %s', (limit) => {
    const plan = planOf(limit);
    holdsFor(traffic(quota('5/1s'), { keys: testKeys, maxLength: 60 }), (rows) => {
      expect(resultsOf(onOneNode(plan, topology), rows)).toEqual(resultsOf(plan, rows));
    });
  });
});

/** Leases count in hundredths of a unit, which an estimate that is rounded to whole units comes to feel. */
const exactInParts = allSelections().filter(({ algorithm }) => algorithm !== 'sliding-window-counter');

test.each(limits)('leased decides as the columnar engine does under %s', (limit) => {
  const plan = planOf(limit, { algorithms: exactInParts });
  holdsFor(traffic(quota('5/1s'), { keys: testKeys, maxLength: 60 }), (rows) => {
    expect(resultsOf(onOneNode(plan, 'leased'), rows)).toEqual(resultsOf(plan, rows));
  });
});

test.each(['central:network=0s:service=0s', 'local'])(
  'profiles decide on %s as they do alone',
  (topology) => {
    const plan = planOf('5/1s,burst=3', { algorithms: parseProfiles('all') });
    holdsFor(traffic(quota('5/1s'), { keys: testKeys, maxLength: 60 }), (rows) => {
      expect(resultsOf(onOneNode(plan, topology), rows)).toEqual(resultsOf(plan, rows));
    });
  },
);
