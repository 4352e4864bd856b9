import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { UsageError } from '../../errors.ts';
import { Place } from './place.ts';
import { RowCutter } from './row-cutter.ts';

/** All rows of a text that comes in pieces, cell by cell, and the line that each begins in. */
function cut(text: string, pieceBytes = text.length): { cells: string[]; line: number }[] {
  const place = new Place('rows.csv');
  const cutter = new RowCutter(place, 4);
  const bytes = Buffer.from(text);
  const rows = [];
  let used = 0;
  for (let held = pieceBytes; used < bytes.length; held += pieceBytes) {
    const last = held >= bytes.length;
    for (;;) {
      const view = bytes.subarray(used, held);
      const behind = view.length === 0 ? -1 : cutter.cut(view, 0, last);
      if (behind < 0) break;
      rows.push({
        cells: Array.from({ length: cutter.cells }, (_, at) => cutter.spans.text(at)),
        line: place.line,
      });
      place.line += cutter.lines;
      used += behind;
    }
  }
  return rows;
}

const cellsOf = (text: string) => cut(text).map(({ cells }) => cells);

describe('RowCutter', () => {
  test.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      'lines end in LF',
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      'or in CR LF',
    ],
    [
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      'or in CR',
    ],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      'the last perhaps in nothing',
    ],
    [' a\t, b c ,\t\n', [['a', 'b c', '']], 'blanks around cells are dropped'],
    [' " a " ,""\n', [[' a ', '']], 'but not those inside quotes'],
    [
      '"a,""b""\r\nc",d\n',
      [['a,"b"\r\nc', 'd']],
      'quotes hold commas, line ends, and quotes that are doubled',
    ],
    ['5" tv,a"b\n', [['5" tv', 'a"b']], 'a quote inside an unquoted cell is text'],
    ['\n\na\n', [[''], [''], ['a']], 'a blank line is a row of one cell'],
  ])('%j: %s', (text, rows) => expect(cellsOf(text)).toEqual(rows));

  test('tells the line that a row begins in, whatever ends lines inside quotes', () =>
    expect(cut('a\r\n"b\nc\r\nd\re"\nf\rg').map(({ line }) => line)).toEqual([1, 2, 6, 7]));

  test('only a line without anything is blank, not a quoted nothing', () => {
    const cutter = new RowCutter(new Place(''), 4);
    const isBlank = (text: string) => cutter.cut(Buffer.from(text), 0, true) >= 0 && cutter.isBlank;
    expect(['\n', ' \t\n', '""\n', ',\n', 'a\n'].map(isBlank)).toEqual([true, true, false, false, false]);
  });

  test.each([
    ['a\n"b,c\nd\n', 'rows.csv:2: a quote is opened here and never closed'],
    ['"a"b,c\n', 'rows.csv:1: text behind a closing quote; inside quotes write "" for a quote'],
    [`a\n${'b'.repeat(1 << 20)}c`, 'rows.csv:2: a row of more than 1 MiB'],
    [`"${'b\n'.repeat(1 << 19)}"\n`, 'rows.csv:1: a row of more than 1 MiB'],
  ])('refuses %.20j', (text, message) => {
    expect(() => cut(text, 1 << 16)).toThrow(UsageError);
    expect(() => cut(text, 1 << 16)).toThrow(message);
  });

  test('cuts as csv-parse does, in pieces of any size', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'é'), maxLength: 5 });
    const quoted = (text: string) => (/[",\r\n ]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    const cases = fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 5 }),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      pieceBytes: fc.integer({ min: 1, max: 20 }),
    });
    holdsFor(
      cases,
      ({ rows, end, pieceBytes }) => {
        const text = rows.map((cells) => cells.map(quoted).join(',')).join(end) + end;
        const expected = parse(text, { record_delimiter: end, relax_column_count: true }) as string[][];
        expect(cut(text, pieceBytes).map(({ cells }) => cells)).toEqual(expected);
      },
      100,
    );
  });
});
