import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyLog, lineRows } from './key-log.ts';
import { holdsFor } from './testing/law.ts';
import { firstAfter, lastToGo } from './trailing-span.ts';

/** The plainest log: an array for each key that is never cut, only its start moves. */
class NaiveLog {
  readonly entries: { instantUs: number; units: number }[] = [];
  start = 0;

  unitsFrom(ordinal: number): number {
    return this.entries.slice(ordinal).reduce((sum, { units }) => sum + units, 0);
  }

  firstAfter(from: number, instantUs: number): number {
    const index = this.entries.findIndex((entry, ordinal) => ordinal >= from && entry.instantUs > instantUs);
    return index < 0 ? this.entries.length : index;
  }

  lastToGo(units: number): number {
    let ordinal = this.start;
    while (this.unitsFrom(ordinal + 1) > units) ordinal++;
    return ordinal;
  }
}

/** The log with `key` selected. */
function of(log: KeyLog, key: number): KeyLog {
  log.select(key);
  return log;
}

type Step = { readonly key: number } & (
  | { readonly push: number; readonly afterUs: number }
  | { readonly drop: number }
  | { readonly expireUs: number }
);

const keys = 4;
const unit = fc.record({ key: fc.nat(keys - 1), push: fc.constant(1), afterUs: fc.nat(2) });
const anyUnits = fc.record({
  key: fc.nat(keys - 1),
  push: fc.integer({ min: 1, max: 5 }),
  afterUs: fc.nat(2),
});
const drop = fc.record({ key: fc.nat(keys - 1), drop: fc.double({ min: 0, max: 1, noNaN: true }) });
const expire = fc.record({ key: fc.nat(keys - 1), expireUs: fc.nat(30) });
const steps = (push: fc.Arbitrary<Step>, maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof<[fc.WeightedArbitrary<Step>, ...fc.WeightedArbitrary<Step>[]]>(
      { weight: 8, arbitrary: push },
      { weight: 1, arbitrary: drop },
      { weight: 1, arbitrary: expire },
    ),
    { maxLength, size: 'max' },
  );

/** Does the steps to a log and to its model, and compares all that can be asked after each. */
function compare(all: readonly Step[]): void {
  const log = new KeyLog();
  const models = Array.from({ length: keys }, () => new NaiveLog());
  let nowUs = 0;
  for (const step of all) {
    const { key } = step;
    const model = models[key];
    log.reserve(key + 1);
    if ('push' in step) {
      nowUs += step.afterUs;
      of(log, key).push(nowUs, step.push);
      model.entries.push({ instantUs: nowUs, units: step.push });
    } else if ('expireUs' in step) {
      model.start = model.firstAfter(model.start, nowUs - step.expireUs);
      of(log, key).expire(nowUs - step.expireUs);
    } else {
      model.start += Math.round((model.entries.length - model.start) * step.drop);
      of(log, key).dropBefore(model.start);
    }
    expectSame(log, key, model);
  }
  log.reserve(keys);
  for (const [key, model] of models.entries()) expectSame(log, key, model);
}

function expectSame(log: KeyLog, key: number, model: NaiveLog): void {
  const end = model.entries.length;
  expect([of(log, key).start, of(log, key).end]).toEqual([model.start, end]);
  expect(of(log, key).units).toBe(model.unitsFrom(model.start));
  for (let ordinal = model.start; ordinal <= end; ordinal++) {
    expect(of(log, key).unitsFrom(ordinal)).toBe(model.unitsFrom(ordinal));
    if (ordinal === end) break;
    const { instantUs } = model.entries[ordinal];
    expect(of(log, key).instantUs(ordinal)).toBe(instantUs);
    expect(firstAfter(of(log, key), model.start, instantUs)).toBe(model.firstAfter(model.start, instantUs));
  }
  for (let units = 0; units < model.unitsFrom(model.start); units++) {
    expect(lastToGo(of(log, key), units)).toBe(model.lastToGo(units));
  }
}

describe('a key log answers as a plain list does', () => {
  test('while all entries are of one unit', () => holdsFor(steps(unit, 60), compare, 100));

  test('with entries of any units from the start', () => holdsFor(steps(anyUnits, 60), compare, 100));

  test('when the units column is added midway', () => {
    const midway = fc.tuple(steps(unit, 40), steps(anyUnits, 30)).map((parts) => parts.flat());
    holdsFor(midway, compare, 100);
  });
});

describe('blocks', () => {
  test('double when full: 2, 4, 8 … entries of 8 bytes, 16 with units', () => {
    const log = new KeyLog();
    log.reserve(2);
    expect(log.bytes()).toBe(0);
    const bytes = [1, 2, 3, 4, 5].map((instantUs) => {
      of(log, 0).push(instantUs, 1);
      return log.bytes();
    });
    expect(bytes).toEqual([16, 16, 32, 32, 64]);
    of(log, 0).push(6, 2);
    expect(log.bytes()).toBe(128);
  });

  test('begin with a line of the cache where they are to be fast, unless there are millions', () => {
    const bytesOfOne = (keys: number) => {
      const log = new KeyLog(1e6, lineRows);
      log.reserve(keys);
      of(log, 0).push(1, 1);
      return log.bytes();
    };
    expect([2 ** 20, 2 ** 20 + 1].map(bytesOfOne)).toEqual([16 * 8, 2 * 8]);
  });

  test('do not grow for a key that forgets as fast as it logs', () => {
    const log = new KeyLog();
    log.reserve(1);
    for (let n = 0; n < 10_000; n++) {
      of(log, 0).push(n, 1);
      of(log, 0).dropBefore(Math.max(0, of(log, 0).end - 3));
    }
    expect(log.bytes()).toBe(4 * 8);
    expect([of(log, 0).start, of(log, 0).instantUs(9_999)]).toEqual([9_997, 9_999]);
  });

  test('do not grow while what is older than `keepsUs` can make room', () => {
    const log = new KeyLog(10);
    log.reserve(1);
    for (let n = 0; n < 10_000; n++) {
      of(log, 0).push(n * 5, 1);
      of(log, 0).expire(n < 5_000 ? -1 : n * 5 - 10); // first nobody asks, then everybody does
      expect(of(log, 0).unitsFrom(firstAfter(of(log, 0), of(log, 0).start, n * 5 - 10))).toBe(
        Math.min(n + 1, 2),
      );
    }
    expect(log.bytes()).toBeLessThanOrEqual(4 * 8);
  });

  test('that a growing key left are given to the next key, and its entries are not disturbed', () => {
    const log = new KeyLog();
    log.reserve(100);
    for (let key = 0; key < 100; key++) {
      for (let n = 0; n < 50; n++) of(log, key).push(key * 1000 + n, 1 + (key % 3));
      of(log, key).dropBefore(10);
    }
    for (let key = 0; key < 100; key++) {
      const instants = Array.from({ length: 40 }, (_, n) => of(log, key).instantUs(10 + n) - key * 1000 - 10);
      expect(instants).toEqual(Array.from({ length: 40 }, (_, n) => n));
      expect(of(log, key).unitsFrom(10)).toBe(40 * (1 + (key % 3)));
    }
  });
});

describe('instants in 4 bytes', () => {
  test('are counted from an earlier base where one comes before all others', () => {
    const log = new KeyLog(1000);
    log.reserve(1);
    const instantsUs = [5000, 4000, 2 ** 33];
    for (const instantUs of instantsUs) {
      of(log, 0).makeRoomFor(instantUs);
      expect(log.hasRoomFor(instantUs)).toBe(true);
      log.push(instantUs, 1);
      expect(log.instantUs(log.end - 1)).toBe(instantUs);
    }
  });

  const gapsUs = [0, 1, 1e6, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40];
  const gapped = fc.array(
    fc.record({
      key: fc.nat(1),
      afterUs: fc.oneof(fc.constantFrom(...gapsUs), fc.nat(2 ** 31)),
      units: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 60, size: 'max' },
  );

  // the longest time for which they serve, one below and one above it
  test.each([1000, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1])(
    'stay exact across any rest, before 0 as well, when entries are kept for %i µs',
    (keepsUs) => {
      holdsFor(
        fc.tuple(fc.constantFrom(-5, 0, 2 ** 50), gapped),
        ([firstUs, pushes]) => {
          const log = new KeyLog(keepsUs);
          const pushedUs: number[][] = [[], []];
          log.reserve(2);
          let nowUs = firstUs;
          for (const { key, afterUs, units } of pushes) {
            nowUs += afterUs;
            of(log, key).push(nowUs, units);
            pushedUs[key].push(nowUs);
            const young = pushedUs[key].findIndex((instantUs) => instantUs > nowUs - keepsUs);
            expect(log.start).toBeLessThanOrEqual(young);
            const held = pushedUs[key].slice(log.start);
            expect(held.map((_, n) => log.instantUs(log.start + n))).toEqual(held);
          }
        },
        200,
      );
    },
  );
});
