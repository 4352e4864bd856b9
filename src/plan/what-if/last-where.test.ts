import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { lastWhere, stretchWhere } from './last-where.ts';

const value = fc.integer({ min: 1, max: 1e9 });

describe('halving', () => {
  test('finds the last value to the unit, upwards and downwards', () => {
    holdsFor(
      fc.uniqueArray(value, { minLength: 3, maxLength: 3 }).map((values) => values.sort((a, b) => a - b)),
      ([below, edge, above]) => {
        expect(lastWhere((at) => at <= edge, below, above)).toBe(edge);
        expect(lastWhere((at) => at >= edge, above, below)).toBe(edge);
      },
      200,
    );
  });

  test('finds the stretch around what was asked for, or the nearest one above, or below', () => {
    holdsFor(
      fc.record({ from: value, length: fc.integer({ min: 1, max: 1e9 }), asked: value }),
      ({ from, length, asked }) => {
        const to = from + Math.max(length, 2 * from); // so that doubling does not step over it
        const stretch = stretchWhere((at) => at >= from && at <= to, asked, 1, 1e12);
        if (from === 1 || asked <= to) expect(stretch).toEqual({ from: from === 1 ? null : from, to });
        else expect(stretch).toBeUndefined();
      },
      200,
    );
  });

  test('says that there is no end, and that there is no place', () => {
    expect(stretchWhere(() => true, 10, 1, 1e6)).toEqual({ from: null, to: null });
    expect(stretchWhere(() => false, 10, 1, 1e6)).toBeUndefined();
  });
});
