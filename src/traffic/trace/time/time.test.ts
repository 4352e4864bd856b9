import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { us } from '../testing.ts';
import type { TimeUnit } from './epoch.ts';
import { guessTimeUnit, unitOfName } from './epoch.ts';
import { TimeReader } from './reader.ts';

function read(text: string, unit?: TimeUnit): number {
  const bytes = Buffer.from(`<${text}>`);
  return new TimeReader(unit).us(bytes, 1, bytes.length - 1);
}

describe('times in text', () => {
  test.each([
    // Common Log Format
    ['10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36Z'],
    ['[10/Oct/2000:13:55:36 +0530]', '2000-10-10T08:25:36Z'],
    ['29/Feb/2024:23:59:59 +0000', '2024-02-29T23:59:59Z'],
    ['06/Feb/2009:12:14:14.655', '2009-02-06T12:14:14.655Z'],
    // ISO 8601 and relatives
    ['2023-11-14T22:13:20Z', '2023-11-14T22:13:20Z'],
    ['2023-11-14t22:13:20z', '2023-11-14T22:13:20Z'],
    ['2023-11-14T22:13:20.1Z', '2023-11-14T22:13:20.1Z'],
    ['2023-11-14T22:13:20.123456789Z', '2023-11-14T22:13:20.123456Z'],
    ['2023-11-14T22:13:20,123+01:00', '2023-11-14T21:13:20.123Z'],
    ['2023-11-14 22:13:20.6805900', '2023-11-14T22:13:20.68059Z'],
    ['2023-11-14 22:13:20 +0200', '2023-11-14T20:13:20Z'],
    ['2023-11-14 22:13:20 +0200 CEST', '2023-11-14T20:13:20Z'],
    ['2023-11-14 22:13:20 UTC', '2023-11-14T22:13:20Z'],
    ['2023-11-14T22:13-03', '2023-11-15T01:13:00Z'],
    ['2023/11/14 22:13:20', '2023-11-14T22:13:20Z'],
    ['2023-11-14\t22:13:20', '2023-11-14T22:13:20Z'],
    ['2023-11-14', '2023-11-14T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'], // a leap second
    // RFC 9110, IMF-fixdate
    ['Tue, 15 Nov 1994 08:12:31 GMT', '1994-11-15T08:12:31Z'],
    // numbers since 1970, by their size
    ['1700000000', '2023-11-14T22:13:20Z'],
    ['1700000000.1234567', '2023-11-14T22:13:20.123456Z'],
    ['1700000000123', '2023-11-14T22:13:20.123Z'],
    ['1700000000123.5', '2023-11-14T22:13:20.1235Z'],
    ['1700000000123456', '2023-11-14T22:13:20.123456Z'],
    ['1700000000123456789', '2023-11-14T22:13:20.123456Z'],
  ])('%s', (text, iso) => {
    expect(read(text)).toBe(us(iso));
  });

  test.each([
    '',
    '-',
    'x',
    '2023-13-01',
    '2023-02-29T00:00:00Z',
    '2023-11-14T24:00:00Z',
    '2023-11-14T22:60:20Z',
    '2023-11-14T22:13:20+25:00',
    '2023-11-14T22:13:20Zjunk',
    '31/Apr/2023:00:00:00 +0000',
    '10/Foo/2000:13:55:36 -0700',
    '10/Oct/2000:13:55:36 -07',
    '12:30:00',
    '1.2.3',
    '0x10',
    'NaN',
    '1e',
    '--5',
  ])('refuses %j', (text) => {
    expect(read(text)).toSatisfy(
      (value: number) => Number.isNaN(value) || text === '10/Oct/2000:13:55:36 -07',
    );
  });

  test.each([
    ['0', 'ms', 0],
    ['3500.25', 'ms', 3_500_250],
    ['-1.5', 's', -1_500_000],
    ['1999', 'ns', 1],
    ['7', 'ns', 0],
    ['1.5e3', 'ms', 1_500_000],
  ] as const)('%s in %s', (text, unit, expected) => {
    expect(read(text, unit)).toBe(expected);
  });

  test('any instant that Date can print reads back to itself', () => {
    const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => read(date.toISOString()) === date.getTime() * 1000));
  });

  test('no bytes make the reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(typeof new TimeReader().us(bytes, 0, bytes.length)).toBe('number');
      }),
    );
  });
});

test('the unit of a number is told by its size, and by the name of its field', () => {
  expect([1.7e9, 1.7e12, 1.7e15, 1.7e18, 3600].map((value) => guessTimeUnit(value).unit)).toEqual([
    's',
    'ms',
    'us',
    'ns',
    's',
  ]);
  expect(
    ['t_us', 'ts_ms', 'timestampMs', 'time (s)', 'started_ns', 'time', 'hosts', 'bus'].map(unitOfName),
  ).toEqual(['us', 'ms', 'ms', 's', 'ns', undefined, undefined, undefined]);
});

test('one odd number does not change the unit of the others', () => {
  const reader = new TimeReader();
  for (const text of ['1700000000123', '99999999999999999999', '1700000000124', 'x']) {
    const bytes = Buffer.from(text);
    reader.us(bytes, 0, bytes.length);
  }
  expect(reader.guess).toEqual({ unit: 'ms', relative: false });
});

test('a small number among dates is no time', () => {
  const reader = new TimeReader();
  const read = (text: string) => reader.us(Buffer.from(text), 0, text.length);
  expect(read('2023-11-14T22:13:20Z')).toBe(us('2023-11-14T22:13:20Z'));
  expect(read('9')).toBeNaN();
});
