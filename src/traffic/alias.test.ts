import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AliasTable } from './alias.ts';
import { type RandomStream, stream } from './random.ts';

/** Draws every multiple of 1/points in turn: what a table makes of them shows its weights without chance. */
function everyPoint(points: number): RandomStream {
  let point = 0;
  const draw = () => (point++ + 0.5) / points;
  const fill = (column: Float64Array, rows: number) => {
    for (let row = 0; row < rows; row++) column[row] = draw();
  };
  return Object.assign(draw, { fill });
}

const weightLists = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true })), {
    minLength: 1,
    maxLength: 40,
  })
  .filter((weights) => weights.some((weight) => weight > 0));

test('each number gets its weight, whatever the weights are', () => {
  const perColumn = 500;
  fc.assert(
    fc.property(weightLists, (weights) => {
      const points = perColumn * weights.length;
      const column = new Uint32Array(points);
      new AliasTable(Float64Array.from(weights)).fill(everyPoint(points), column, 0, points);
      const sum = weights.reduce((a, b) => a + b, 0);
      for (const [number, weight] of weights.entries()) {
        const share = column.filter((drawn) => drawn === number).length / points;
        // A grid point on either side of each cut may fall wrong: at most one in every column.
        expect(Math.abs(share - weight / sum)).toBeLessThanOrEqual(1 / perColumn);
        if (weight === 0) expect(share).toBe(0);
      }
    }),
  );
});

test('fill and pick draw by the same law, and fill adds the first number', () => {
  const weights = [5, 1, 0, 2];
  const count = 100_000;
  const column = new Uint32Array(count);
  const table = new AliasTable(Float64Array.from(weights));
  table.fill(stream(1, 'fill'), column, 0, count, 10);
  const draw = stream(1, 'pick');
  const picked = Array.from({ length: count }, () => table.pick(draw));
  for (const [number, weight] of weights.entries()) {
    const law = weight / 8;
    const error = 4 * Math.sqrt((law * (1 - law)) / count);
    expect(Math.abs(column.filter((n) => n === number + 10).length / count - law)).toBeLessThanOrEqual(error);
    expect(Math.abs(picked.filter((n) => n === number).length / count - law)).toBeLessThanOrEqual(error);
  }
});

test('writes only the rows it was asked for', () => {
  const column = new Uint32Array(6).fill(99);
  new AliasTable(Float64Array.of(1)).fill(stream(1, 'rows'), column, 2, 4);
  expect([...column]).toEqual([99, 99, 0, 0, 99, 99]);
});

test('weights without a sum are a mistake of the caller', () => {
  expect(() => new AliasTable(Float64Array.of(0, 0))).toThrow('weights add up to 0');
});
