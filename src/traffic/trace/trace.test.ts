import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { formats } from './formats/index.ts';
import { formatSamples } from './formats.samples.ts';
import { traceDefaults } from './index.ts';
import { asWritten, drain, readTrace, us } from './testing.ts';
import { CsvSplitter } from './text/csv.ts';
import { Spans } from './text/spans.ts';

const combinedLine = (second: number, client = '192.0.2.1') =>
  `${client} - - [14/Nov/2023:22:13:${String(second).padStart(2, '0')} +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8"`;
const log = (count: number) => Array.from({ length: count }, (_, index) => combinedLine(index % 60));

/** What a trace that cannot be used says. */
async function problem(read: Promise<unknown>): Promise<string> {
  const error = await read.then(
    () => new Error('it was read'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as Error).message;
}

function accounted({ summary }: Awaited<ReturnType<typeof readTrace>>): boolean {
  const { read, used, skipped } = summary.lines ?? { read: -1, used: 0, skipped: {} };
  return read === used + Object.values(skipped).reduce((sum, count) => sum + count, 0);
}

describe('accounting', () => {
  test('read = used + skipped; the first bad lines are shown, safe for a terminal', async () => {
    const lines = [
      ...log(3),
      '',
      '# a comment',
      'junk \x1b[31m\u202e',
      combinedLine(61),
      `${combinedLine(4)}\0`,
    ];
    const trace = await readTrace(`${lines.join('\n')}\n${combinedLine(5).slice(0, 30)}`, asWritten);
    expect(trace.summary.lines).toEqual({
      read: 9,
      used: 3,
      skipped: {
        blank: 1,
        comment: 1,
        'wrong shape': 1,
        'bad time': 1,
        'NUL byte': 1,
        'truncated last line': 1,
      },
    });
    expect(trace.summary.malformed?.[0]).toEqual({
      at: '-:6',
      reason: 'wrong shape',
      text: 'junk \\x1b[31m\\u202e',
    });
  });

  test('more malformed lines than allowed end the run: what, where, and how to let them pass', async () => {
    const text = [...log(97), 'x', 'y', 'z'].join('\n').concat('\n');
    const message = await problem(readTrace(text));
    expect(message).toContain('3 % of the lines are malformed, more than the 1 % allowed');
    expect(message).toContain('wrong shape: 3');
    expect(message).toContain('-:98: wrong shape: x');
    expect(message).toContain('--max-malformed 3%');
    expect((await readTrace(text, { maxMalformedRatio: 0.03 })).requests).toHaveLength(97);
  });

  test('a line of 10 MB is one malformed line, and the lines around it are read', async () => {
    for (const chunkBytes of [1 << 16, 1 << 24]) {
      const trace = await readTrace(
        [combinedLine(1), 'x'.repeat(1e7), combinedLine(2)].join('\n'),
        asWritten,
        { chunkBytes },
      );
      expect(trace.summary.lines).toEqual({ read: 3, used: 2, skipped: { 'line too long': 1 } });
      expect(trace.summary.malformed?.[0].at).toBe('-:2');
    }
  });

  test('times of the years 1601 and 9999 are out of range', async () => {
    const text = 'time,ip\n1601-01-01T00:00:00Z,a\n2023-11-14T22:13:20.5Z,b\n9999-12-31T23:59:59Z,c\n';
    const trace = await readTrace(text, asWritten);
    expect(trace.summary.lines?.skipped).toEqual({ header: 1, 'time out of range': 2 });
    expect(trace.epochUs).toBe(us('2023-11-14T22:13:20.5Z'));
  });

  test('an unclosed quote costs its own line only', async () => {
    const text = [
      'time,ip,agent',
      '1700000000,a,"x',
      ...Array.from({ length: 200 }, (_, i) => `${1_700_000_001 + i},b,y`),
    ].join('\n');
    const trace = await readTrace(text, asWritten);
    expect(trace.summary.lines).toEqual({
      read: 202,
      used: 200,
      skipped: { header: 1, 'unclosed quote': 1 },
    });
  });

  test('any bytes are read and accounted, or refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (bytes) => {
        const outcome = await readTrace(bytes, asWritten).catch((error: unknown) => error);
        expect(outcome instanceof UsageError || accounted(outcome as never)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each(formatSamples)('damage to a log of $format is accounted: $shows', async ({ lines, options }) => {
    const bytes = Buffer.from(Array.from({ length: 6 }, () => lines.join('\n')).join('\n'));
    const damage = fc.array(
      fc.record({ at: fc.nat(bytes.length - 1), with: fc.uint8Array({ maxLength: 4 }), cut: fc.nat(8) }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(damage, async (edits) => {
        let damaged = Buffer.from(bytes);
        for (const { at, with: inserted, cut } of edits) {
          damaged = Buffer.concat([damaged.subarray(0, at), inserted, damaged.subarray(at + cut)]);
        }
        const outcome = await readTrace(damaged, { ...asWritten, ...options }).catch(
          (error: unknown) => error,
        );
        expect(outcome instanceof UsageError || accounted(outcome as never)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('the CSV splitter cuts as csv-parse does', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', ',', '"', '\n', 'é'), maxLength: 6 });
    const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const line = cells.map(quoted).join(',');
        const spans = new Spans();
        const bytes = Buffer.from(`..${line}..`);
        const skip = new CsvSplitter([], 44).split(bytes, 2, bytes.length - 2, spans, cells.length - 1);
        expect(skip).toBeUndefined();
        const [expected] = line.trim() === '' ? [['']] : (parse(line, { ltrim: true }) as string[][]);
        expect(cells.map((_, index) => spans.text(index))).toEqual(expected);
      }),
    );
  });
});

describe('files', () => {
  test('standard input is one of them once', async () => {
    const twice = drain(['-', '-'], { ...traceDefaults, stdin: Readable.from([log(5).join('\n')]) });
    expect(await problem(twice)).toContain('can be read only once');
  });

  let folder = '';
  const file = async (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trace-'));
  });

  test('files that follow each other, whatever their order, read as one', async () => {
    const a = await file('a.csv', 't_us,key,cost\n0,a,1\n10,b,1\n');
    const b = await file('b.csv', 't_us,key,cost\n20,a,1\n30,c,1\n');
    const { requests, summary } = await drain([b, a], traceDefaults);
    expect(requests.map(({ at, key }) => `${at} ${key}`)).toEqual(['0 a', '10 b', '20 a', '30 c']);
    expect(summary.lines).toEqual({ read: 6, used: 4, skipped: { header: 2 } });
  });

  test('files that overlap are merged by time', async () => {
    const rows = (from: number, key: string) =>
      Array.from({ length: 9000 }, (_, i) => `${from + i * 2},${key},1`).join('\n');
    const files = [
      await file('n1.csv', `t_us,key,cost\n${rows(0, 'a')}`),
      await file('n2.csv', `t_us,key,cost\n${rows(1, 'b')}`),
    ];
    const { requests } = await drain(files, traceDefaults);
    expect(requests.map(({ at }) => at)).toEqual(Array.from({ length: 18_000 }, (_, i) => i));
  });

  test('a file that is named twice counts twice, and a note says so', async () => {
    const name = await file('twice.csv', 't_us,key,cost\n0,a,1\n10,b,1\n');
    const { requests, summary } = await drain([name, `${folder}/./twice.csv`], traceDefaults);
    expect(requests).toHaveLength(4);
    expect(summary.notes).toContain('twice.csv was given 2 times, and each of its requests counts as often');
    expect((await drain([name], traceDefaults)).summary.notes.join()).not.toMatch(/times/);
  });

  test('what cannot be read is told in one line', async () => {
    expect(await problem(drain([join(folder, 'absent.log')], traceDefaults))).toMatch(
      /absent\.log: there is no such file$/,
    );
    expect(await problem(drain([folder], traceDefaults))).toMatch(/is a directory/);
    expect(await problem(drain([await file('empty.log', '')], traceDefaults))).toMatch(/empty\.log is empty/);
    expect(await problem(drain([await file('mark.log', '\ufeff')], traceDefaults))).toMatch(/is empty/);
    expect(
      await problem(
        drain(
          [await file('elf', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0'.repeat(99), 'latin1'))],
          traceDefaults,
        ),
      ),
    ).toMatch(/a program \(ELF\); it holds no requests/);
    expect(await problem(readTrace(Buffer.from('\ufeff1,2,3', 'utf16le')))).toMatch(/UTF-16/);
    expect(await problem(readTrace('just some prose.\nAnd more of it.\n'))).toMatch(/not recognised/);
    expect(await problem(readTrace('{"log":{"entries":['))).toMatch(/broken JSON/);
    expect(await problem(readTrace('#Fields: date time c-ip\n'))).toMatch(/no requests found/);
    expect(await problem(readTrace('a', { format: 'apache' }))).toMatch(
      /no format is called "apache".*combined/,
    );
    expect(await problem(readTrace(combinedLine(1), { key: 'cookie' }))).toMatch(
      /no field "cookie" in this Apache combined log; it has: host/,
    );
  });

  test('what is no request trace says why, and what to do', async () => {
    const rates = 'client,window_start_s,rate_per_s,cv\n0,0,0.8,0.5\n0,600,0.9,0.7\n';
    expect(await problem(readTrace(rates))).toMatch(/a table of rates \(column rate_per_s\).*workload model/);
    const ids = Buffer.alloc(400);
    for (let word = 0; word < 100; word++) ids.writeUInt32BE((word * 7) % 50, word * 4);
    expect(await problem(readTrace(ids))).toMatch(/without times.*--rate 1k\/s/);
    const { requests } = await readTrace(ids, { ratePerSecond: 1000 });
    expect(requests.slice(0, 3).map(({ at, key }) => `${at} ${key}`)).toEqual(['0 0', '1000 7', '2000 14']);
    expect(requests).toHaveLength(100);
  });
});

test('WorldCup98: records of 20 bytes with the second and the client, cut short at the end', async () => {
  const second = Date.UTC(1998, 5, 15, 14, 29) / 1e3;
  const log = Buffer.alloc(3 * 20 + 7);
  for (const [record, client] of [11, 12, 11].entries()) {
    log.writeUInt32BE(second + record, record * 20);
    log.writeUInt32BE(client, record * 20 + 4);
  }
  const { requests, summary } = await readTrace(log, asWritten);
  expect(requests.map(({ at, key }) => `${at / 1e6 - second} ${key}`)).toEqual(['0 11', '1 12', '2 11']);
  expect(summary.format).toBe('WorldCup98 binary log');
  expect(summary.lines?.skipped).toEqual({ 'truncated last line': 1 });
});

test('oracleGeneral: little-endian records of a cache, told by what they say of the next request', async () => {
  const records = [
    [7, 11n, 3n],
    [7, 12n, -1n],
    [8, 13n, -1n],
    [9, 11n, -1n],
  ] as const;
  const trace = Buffer.alloc(records.length * 24 + 5);
  for (const [at, [second, object, next]] of records.entries()) {
    trace.writeUInt32LE(second, at * 24);
    trace.writeBigUInt64LE(object, at * 24 + 4);
    trace.writeUInt32LE(4096, at * 24 + 12);
    trace.writeBigInt64LE(next, at * 24 + 16);
  }
  const { requests, summary } = await readTrace(trace, asWritten);
  expect(requests.map(({ at, key }) => `${at / 1e6} ${key}`)).toEqual(['7 11', '7 12', '8 13', '9 11']);
  expect(summary.format).toBe('oracleGeneral trace');
  expect(summary.lines?.skipped).toEqual({ 'truncated last line': 1 });
});

test('a JSON list that is cut short lost one entry, in it or between two', async () => {
  const whole = '{"time":"2023-10-10T13:55:36.5Z","ip":"a"}';
  for (const cut of [`[${whole},{"time":"2023`, `[${whole},`, `[${whole}`]) {
    const { summary } = await readTrace(cut, asWritten);
    expect(summary.lines).toMatchObject({ used: 1, skipped: { 'truncated last line': 1 } });
  }
});

describe('whole numbers of JSON that a double does not hold', () => {
  const ids = ['1234567890123456789', '1234567890123456790', '-9223372036854775807', '9007199254740993'];

  test('are ids that stay apart', async () => {
    const lines = ids.map(
      (id, at) => `{"ts":${1_700_000_000_123 + at},"user": ${id} ,"n":0.12345678901234567890}`,
    );
    const { requests } = await readTrace(lines.join('\n'));
    expect(requests.map(({ key }) => key)).toEqual(ids);
  });

  test('are times to the microsecond', async () => {
    const { requests } = await readTrace(
      '[{"ns":1700000000000001000,"ip":"192.0.2.1"},{"ns":1700000000000001999,"ip":"192.0.2.1"}]',
      {
        time: 'ns:ns',
      },
    );
    expect(requests.map(({ at }) => at)).toEqual([1_700_000_000_000_001, 1_700_000_000_000_001]);
  });

  test('are left as they are in a text', async () => {
    const { requests } = await readTrace(
      '{"ts":1700000000123,"user":"a:1234567890123456789,b","id":1234567890123456789}',
    );
    expect(requests.map(({ key }) => key)).toEqual(['a:1234567890123456789,b']);
  });
});

describe('what the summary says', () => {
  test('the spreading of whole seconds, the sorting, the columns, the zone', async () => {
    const text = 'time,ip\n2023-11-14 22:13:21,a\n2023-11-14 22:13:20,b\n';
    const { summary, requests } = await readTrace(text);
    expect(summary.notes.join('\n')).toMatch(/time: time; key: ip/);
    expect(summary.notes.join('\n')).toMatch(/without a zone were read as UTC/);
    expect(summary.notes.join('\n')).toMatch(/whole multiples of 1s.*Poisson/);
    expect(summary.notes.join('\n')).toMatch(/1 line was out of order and sorted/);
    expect(requests.map(({ key }) => key)).toEqual(['b', 'a']);
  });

  test('the same seed spreads alike, another does not', async () => {
    const text = log(50).join('\n');
    expect(await readTrace(text, { seed: 5 })).toEqual(
      await readTrace(text, { seed: 5 }, { chunkBytes: 33, batchRows: 9 }),
    );
    expect((await readTrace(text, { seed: 6 })).requests).not.toEqual(
      (await readTrace(text, { seed: 5 })).requests,
    );
  });
});

test('formats have distinct names and tell what they read', () => {
  expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
  for (const { about, defaults } of formats) expect(about.length > 20 && defaults.time !== '').toBe(true);
});
