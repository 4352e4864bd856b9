import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { UsageError } from '../../errors.ts';
import { Place } from './place.ts';
import { RequestReader } from './request-reader.ts';

const options = { clampTime: false, needsDurations: false };

/** The requests of a CSV as `time key cost duration`, the key byte for byte. */
function read(
  csv: string | Buffer,
  { pieceBytes = 1e9, ...others }: Partial<typeof options> & { pieceBytes?: number } = {},
): string[] {
  const reader = new RequestReader(new Place('in.csv'), { ...options, ...others });
  const bytes = Buffer.from(csv);
  const requests: string[] = [];
  let used = 0;
  for (let held = pieceBytes; ; held += pieceBytes) {
    reader.hold(bytes.subarray(used, held), held >= bytes.length);
    while (reader.next()) {
      const key = reader.bytes.toString('latin1', reader.keyFrom, reader.keyTo);
      requests.push(`${reader.timeUs} ${key} ${reader.cost} ${reader.durationUs}`);
    }
    used += reader.used;
    if (held >= bytes.length) return requests;
  }
}

describe('RequestReader', () => {
  test.each([
    [
      '0,a,2,5\n1,b\n',
      ['0 a 2 5', '1 b 1 0'],
      'without a header: t_us,key,cost,duration_us, the last two left out',
    ],
    ['duration_us,key,t_us\n5,a,0\n', ['0 a 1 5'], 'with a header, in any order'],
    ['\ufefft_us,key\n0,a\n', ['0 a 1 0'], 'a byte order mark is none of the header'],
    ['\ufeff"t_us","key"\r\n"0","a"\r\n', ['0 a 1 0'], 'as PowerShell exports it'],
    ['\ufeff', [], 'a byte order mark alone'],
    ['', [], 'nothing'],
    ['t_us,key,cost', [], 'a header alone'],
    ['\n \n0,a\n\n1,a\n\t\n', ['0 a 1 0', '1 a 1 0'], 'blank lines'],
    ['+5, a ,007\n', ['5 a 7 0'], 'a sign, blanks, zeros before a number'],
    ['-5,a\n-0,a\n', ['-5 a 1 0', '0 a 1 0'], 'times below 0'],
    ['0,,1\n0,"",1\n0,\n', ['0  1 0', '0  1 0', '0  1 0'], 'the empty key'],
    [
      '0,cost,1\n1,key,1\n',
      ['0 cost 1 0', '1 key 1 0'],
      'a key that is called as a column, in the first row',
    ],
    ['0,a\0b,1\n', ['0 a\0b 1 0'], 'a NUL in a key'],
    ['-9007199254740991,a,4294967295\n', ['-9007199254740991 a 4294967295 0'], 'the largest numbers'],
    [Buffer.from('302cff0a302cc30a', 'hex'), ['0 \xff 1 0', '0 \xc3 1 0'], 'keys that are not UTF-8'],
  ])('%j: %s %s', (csv, requests, _why) => {
    for (const pieceBytes of [1, 2, 3, 1e9]) expect(read(csv, { pieceBytes })).toEqual(requests);
  });

  test.each([
    ['x,a,1', '1: t_us "x" is not a whole number; write microseconds'],
    ['1e6,a,1', '1: t_us "1e6" is not a whole number'],
    ['5.0,a,1', '1: t_us "5.0" is not a whole number'],
    [',a,1', '1: t_us "" is not a whole number'],
    ['-,a,1', '1: t_us "-" is not a whole number'],
    ['1 0,a,1', '1: t_us "1 0" is not a whole number'],
    [
      '9007199254740992,a',
      '1: t_us 9007199254740992 is not in -9007199254740991 … 9007199254740991; write microseconds',
    ],
    [`${'9'.repeat(400)},a`, `1: t_us ${'9'.repeat(40)} is not in`],
    ['0,a,1.5', '1: cost "1.5" is not a whole number'],
    ['0,a,', '1: cost "" is not a whole number'],
    ['0,a,-1', '1: cost -1 is not in 0 … 4294967295'],
    ['0,a,4294967296', '1: cost 4294967296 is not in 0 … 4294967295'],
    ['0,a,1,-5', '1: duration_us -5 is not in 0 … 4503599627370496'],
    ['0,a,1,4503599627370497', '1: duration_us 4503599627370497 is not in'],
    ['0,a\n\n"1","a\nb"\nx,a', '5: t_us "x" is not'],
    ['0', '1: there is no key; each row is t_us,key,cost, parted by commas'],
    ['0;a;1', '1: there is no key; each row is t_us,key,cost, parted by commas'],
    ['key,t_us\na', '2: there is no t_us'],
    ['0,a,1,5,7', '1: 5 columns; a row is t_us,key,cost,duration_us'],
    ['t_us,key\n0,a,1', '2: 3 cells in a row of 2 columns'],
    ['t_us,key,price\n0,a,1', '1: no column is called "price"; there are t_us, key, cost, duration_us'],
    ['t_us,key,key\n0,a,b', '1: the column key is there twice'],
    ['t_us,cost\n0,1', '1: there is no column key'],
    ['5,a\n4,a', '2: time goes back from 5 to 4; sort the rows, or use --clock monotone'],
    [
      '-9007199254740991,a\n9007199254740991,a',
      '2: time 9007199254740991 is more than 2^52 µs after the first',
    ],
    [
      '-5,a\n4503599627370491,a\n4503599627370492,a',
      '3: time 4503599627370492 is more than 2^52 µs after the first, -5',
    ],
    [`0,${'k'.repeat(65_537)}`, '1: a key of 65537 bytes; it may have up to 65536'],
    [Buffer.from('\ufeff0,a\n', 'utf16le'), '1: this is UTF-16, or no text; write UTF-8'],
    [Buffer.from('0,a\n', 'utf16le'), '1: this is UTF-16, or no text; write UTF-8'],
    [Buffer.from('0,a\n', 'utf16le').swap16(), '1: this is UTF-16, or no text; write UTF-8'],
  ])('%.60j is refused: %s', (csv, message) => expect(() => read(csv)).toThrow(`in.csv:${message}`));

  test('a clock that is held decides what steps back at the latest time', () => {
    const reader = new RequestReader(new Place(''), { ...options, clampTime: true });
    reader.hold(Buffer.from('5,a\n3,a\n6,a\n'), true);
    const times = [1, 2, 3].map(() => reader.next() && [reader.timeUs, reader.decidedAtUs]);
    expect(times).toEqual([
      [5, 5],
      [3, 5],
      [6, 6],
    ]);
  });

  test('where durations are needed each request has one', () => {
    expect(read('0,a,1,0\n', { needsDurations: true })).toEqual(['0 a 1 0']);
    expect(() => read('0,a,1\n', { needsDurations: true })).toThrow('in.csv:1: there is no duration_us');
  });

  test('a row that is not whole yet is not read', () => {
    const reader = new RequestReader(new Place(''), options);
    reader.hold(Buffer.from('0,a,1'), false);
    expect([reader.next(), reader.used]).toEqual([false, 0]);
    reader.hold(Buffer.from('0,a,10\n'), false);
    expect([reader.next(), reader.cost]).toEqual([true, 10]);
  });

  test('any bytes are read, or refused in words with a line', () => {
    const bytes = fc.array(fc.constantFrom(...Buffer.from('0159,,,\n\n\r"+-. \taé\0t_us,key')), {
      maxLength: 60,
    });
    const outcome = (csv: Buffer, pieceBytes: number) => {
      try {
        return read(csv, { pieceBytes });
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        return (error as Error).message; // it is an Error, as was just found
      }
    };
    holdsFor(
      bytes,
      (csv) => {
        const whole = outcome(Buffer.from(csv), 1e9);
        if (typeof whole === 'string') expect(whole).toMatch(/^in\.csv:\d+: /);
        expect(outcome(Buffer.from(csv), 1)).toEqual(whole);
      },
      300,
    );
  });
});
