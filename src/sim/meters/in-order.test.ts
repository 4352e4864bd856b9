import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstNotBelow } from './in-order.ts';

test('finds what a look at one after another finds', () => {
  const times = fc.array(fc.nat(20), { maxLength: 40 }).map((times) => times.sort((a, b) => a - b));
  fc.assert(
    fc.property(times, fc.nat(40), fc.nat(21), (times, from, untilUs) => {
      const at = times.findIndex((timeUs, row) => row >= from && timeUs >= untilUs);
      const start = Math.min(from, times.length);
      for (const column of [Float64Array.from(times), Uint32Array.from(times)])
        expect(firstNotBelow(column, start, times.length, untilUs)).toBe(at < 0 ? times.length : at);
    }),
    { numRuns: 1000 },
  );
});
