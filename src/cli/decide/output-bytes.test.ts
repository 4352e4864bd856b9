import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { OutputBytes } from './output-bytes.ts';
import { Place } from './place.ts';
import { RowCutter } from './row-cutter.ts';

function written(write: (out: OutputBytes) => void): Buffer {
  const out = new OutputBytes();
  write(out);
  return out.take();
}

describe('OutputBytes', () => {
  test.each([
    0,
    7,
    10,
    99,
    100,
    999_999_999,
    1e9,
    1_000_000_001,
    1e15,
    2 ** 53 - 1,
    -1,
    -1e9,
    1 - 2 ** 53,
    0.5,
    2 ** 60,
  ])('%d has the digits of its string', (value) =>
    expect(written((out) => out.number(value)).toString()).toBe(String(value)),
  );

  test('any whole number has the digits of its string', () =>
    holdsFor(
      fc.maxSafeInteger(),
      (value) => {
        expect(written((out) => out.number(value)).toString()).toBe(String(value));
      },
      100,
    ));

  test('a cell of any bytes is read again as the same bytes', () => {
    const risky = fc.constantFrom(0, 9, 10, 13, 32, 34, 44, 97, 0xc3, 0xff);
    holdsFor(
      fc.array(risky, { maxLength: 8 }),
      (key) => {
        const bytes = Buffer.from(key);
        const row = written((out) => {
          out.number(1);
          out.comma();
          out.cell(bytes, 0, bytes.length);
          out.text('\n');
        });
        const cutter = new RowCutter(new Place('again.csv'), 2);
        expect(cutter.cut(row, 0, true)).toBe(row.length);
        expect(row.subarray(cutter.spans.from[1], cutter.spans.to[1])).toEqual(bytes);
      },
      100,
    );
  });

  test('grows for a cell that is larger than it', () => {
    const key = Buffer.alloc(1 << 18, '"');
    const out = written((out) => out.cell(key, 0, key.length));
    expect(out.length).toBe(2 * key.length + 2);
  });

  test('is empty once it was taken', () => {
    const out = new OutputBytes();
    out.text('a');
    expect([out.take().toString(), out.take().toString()]).toEqual(['a', '']);
  });
});
