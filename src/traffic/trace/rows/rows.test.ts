import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrivalBatch } from '../../../algorithms/batch.ts';
import { skips } from '../account.ts';
import { KeyTable } from '../keys.ts';
import { RowColumns } from './columns.ts';
import { CountEmitter } from './countemit.ts';
import { type Emitter, ExactEmitter, SpreadEmitter } from './emit.ts';
import { Instants, type SpreadRule, spreadStream } from './instants.ts';
import { ReorderBuffer } from './reorder.ts';
import { sortedOrder } from './sort.ts';

const rules: SpreadRule[] = ['none', 'uniform', 'poisson'];
const key = Buffer.from('abcdefghijklmnopqrstuvwxyz');

interface Row {
  readonly at: number;
  readonly cost: number;
}

/** Sends times through a buffer of `capacity` rows; answers what came out and what was refused as late. */
function pass(
  timesUs: readonly number[],
  grainUs: number,
  capacity: number,
  emitter: Emitter,
  batchRows: number,
  costs?: readonly number[],
) {
  const rows = new ReorderBuffer(new KeyTable(), grainUs, new RowColumns(capacity));
  const out: Row[] = [];
  let late = 0;
  const flush = () => {
    for (;;) {
      const batch = new ArrivalBatch(batchRows);
      emitter.emit(rows, batch);
      if (batch.length === 0) break;
      for (let i = 0; i < batch.length; i++) out.push({ at: batch.timeUs[i], cost: batch.cost[i] });
    }
    rows.compact();
  };
  for (const [index, timeUs] of timesUs.entries()) {
    if (rows.add(timeUs, key, index % 26, (index % 26) + 1, costs?.[index] ?? index, 0) === skips.late)
      late++;
    if (!rows.full) continue;
    rows.settle(false);
    flush();
  }
  rows.settle(true);
  flush();
  return { out, late, outOfOrder: rows.outOfOrder };
}

const times = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 300 });

test('sortedOrder is the stable order', () => {
  fc.assert(
    fc.property(times, (list) => {
      const expected = list.map((_, row) => row).sort((a, b) => list[a] - list[b]);
      expect([...sortedOrder(Float64Array.from(list), list.length)]).toEqual(expected);
    }),
  );
});

describe('the reorder buffer', () => {
  test('time never goes backwards, and every row comes out or is late', () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom(0, 1, 10),
        (list, capacity, grainUs) => {
          const emitter =
            grainUs === 0
              ? new ExactEmitter()
              : new SpreadEmitter(new Instants('poisson', spreadStream(1, 0)), grainUs);
          const { out, late } = pass(list, grainUs, capacity, emitter, 7);
          expect(out.length + late).toBe(list.length);
          for (let i = 1; i < out.length; i++) expect(out[i].at).toBeGreaterThanOrEqual(out[i - 1].at);
        },
      ),
    );
  });

  test('rows less than half a buffer late are sorted, as a stable sort of all would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 300 }), (jitter) => {
        const list = jitter.map((us, index) => index - us);
        const { out, late } = pass(list, 0, 64, new ExactEmitter(), 16);
        const expected = list.map((at, cost) => ({ at, cost })).sort((a, b) => a.at - b.at);
        expect(late).toBe(0);
        expect(out).toEqual(expected);
      }),
    );
  });

  test('a row older than what was given out is refused', () => {
    expect(pass([10, 11, 12, 13, 1, 14], 0, 4, new ExactEmitter(), 4)).toMatchObject({ late: 1 });
  });

  test('times before 1898 and after 2184 are out of range', () => {
    const rows = new ReorderBuffer(new KeyTable(), 0, new RowColumns(4));
    for (const timeUs of [Date.UTC(1601, 0) * 1000, Date.UTC(9999, 0) * 1000, Number.POSITIVE_INFINITY]) {
      expect(rows.add(timeUs, key, 0, 1, 1, 0)).toBe(skips.outOfRange);
    }
  });
});

describe('spreading', () => {
  test.each(rules)('%s: each request stays in its stamp, in the order of the file', (rule) => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 4, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (list, capacity, batchRows) => {
          const sorted = [...list].sort((a, b) => a - b);
          const { out } = pass(
            sorted.map((second) => second * 1e6),
            1e6,
            capacity,
            new SpreadEmitter(new Instants(rule, spreadStream(7, 0)), 1e6),
            batchRows,
          );
          expect(out.map(({ at }) => Math.floor(at / 1e6))).toEqual(sorted);
          expect(out.map(({ cost }) => cost)).toEqual(sorted.map((_, index) => index));
        },
      ),
    );
  });

  test.each([1, 3, 1000])('the same seed gives the same instants in batches of %i', (batchRows) => {
    const list = Array.from({ length: 500 }, (_, index) => Math.floor(index / 60) * 1e6);
    const emitter = () => new SpreadEmitter(new Instants('poisson', spreadStream(3, 0)), 1e6);
    expect(pass(list, 1e6, 100, emitter(), batchRows)).toEqual(pass(list, 1e6, 100, emitter(), 128));
  });

  test('uniform is evenly spaced', () => {
    const { out } = pass(
      [0, 0, 0, 0],
      1e6,
      8,
      new SpreadEmitter(new Instants('uniform', Math.random), 1e6),
      8,
    );
    expect(out.map(({ at }) => at)).toEqual([0, 250_000, 500_000, 750_000]);
  });

  test('poisson instants are uniform: the mean and the spread of a second, and of the first of n', () => {
    const instants = new Instants('poisson', spreadStream(1, 0));
    const column = new Float64Array(10);
    let sum = 0;
    let first = 0;
    const trials = 20_000;
    for (let trial = 0; trial < trials; trial++) {
      instants.start(0, 1e6, 10);
      instants.fill(column, 0, 10);
      first += column[0];
      for (const us of column) sum += us;
    }
    expect(sum / (trials * 10) / 1e6).toBeCloseTo(1 / 2, 2);
    expect(first / trials / 1e6).toBeCloseTo(1 / 11, 2); // the smallest of n uniforms is 1/(n+1) on average
  });
});

describe('counts', () => {
  test.each(rules)('%s: a count becomes so many requests inside its step', (rule) => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 50 }),
        (list, capacity, batchRows) => {
          const steps = list.map((_, index) => Math.floor(index / 3) * 60e6);
          const emitter = new CountEmitter(new Instants(rule, spreadStream(1, 0)), 60e6, spreadStream(1, 1));
          const { out } = pass(steps, 1, capacity, emitter, batchRows, list);
          const expected = list.flatMap((count, index) => new Array<number>(count).fill(steps[index]));
          expect(out.map(({ at }) => Math.floor(at / 60e6) * 60e6)).toEqual(expected);
          for (let i = 1; i < out.length; i++) expect(out[i].at).toBeGreaterThanOrEqual(out[i - 1].at);
        },
      ),
    );
  });
});

test('keys are numbered as they appear, byte for byte', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 4000 }), (names) => {
      const table = new KeyTable();
      const known = new Map<string, number>();
      for (const name of names) {
        const bytes = Buffer.from(`.${name}.`);
        const number = known.get(name) ?? known.size;
        known.set(name, number);
        expect(table.intern(bytes, 1, bytes.length - 1)).toBe(number);
        expect(table.name(number)).toBe(bytes.toString('utf8', 1, bytes.length - 1));
      }
      expect(table.size).toBe(known.size);
    }),
    { numRuns: 20 },
  );
});
