import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArrivalBatch } from './batch.ts';
import { holdsFor } from './testing/law.ts';

test('one cost is found where all rows in use have it, and in the parts of the batch', () => {
  const costs = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.constant(2 ** 32 - 1)), {
    maxLength: 12,
  });
  holdsFor(
    costs,
    (costs) => {
      const batch = new ArrivalBatch(12);
      batch.cost.set([...costs, 7].slice(0, 12));
      batch.length = costs.length;
      batch.findOneCost();
      const one = new Set(costs).size === 1 ? costs[0] : undefined;
      expect(batch.oneCost).toBe(one);
      expect([...batch.parts(5)].map((part) => part.oneCost)).toEqual(
        Array.from({ length: Math.ceil(costs.length / 5) }, () => one),
      );
    },
    200,
  );
});
