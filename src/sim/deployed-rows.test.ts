import { expect, test } from 'vitest';
import { deployedRows } from './deployed-rows.ts';
import { scenarioSchema } from './scenario.ts';
import { parseSelections } from './selection.ts';

const streams = [{ arrivals: { model: 'poisson', rate: '5/s' } }];

test.each([
  ['a number of them', { topologies: ['local'], nodes: 10_001 }],
  ['the most of an autoscaler', { topologies: ['local'], nodes: { min: 1, max: '10_001', target: '1/s' } }],
  ['those of a topology', { topologies: ['local:nodes=10001'] }],
])('more nodes than can be held are refused: %s', (_, given) => {
  const wanted = scenarioSchema.parse({ streams, ...given });
  expect(() => deployedRows(parseSelections('gcra'), wanted)).toThrow(
    'nodes: 10001 are more than the 10000 that a run can have',
  );
});
