import { expect, test } from 'vitest';
import { readTrace } from './testing.ts';

const log = 'time,ip\n2023-11-14T22:13:20.5Z,192.0.2.1\n2023-11-14T22:13:21.5Z,192.0.2.2\n';
const w3c = '#Fields: date time c-ip\n2023-11-14 22:13:20 192.0.2.1\n2023-11-14 22:13:21 192.0.2.2\n';

// A sample of 256 KiB holds nothing but these.
const preambles = {
  comments: '# nothing is said here\n'.repeat(20_000),
  blanks: ' \n'.repeat(200_000),
  'a line that is too long': `${'x'.repeat(3 << 20)}\n`,
  'a hole that a crash left': `${'\0'.repeat(1 << 19)}\n`,
};

test.each(Object.entries(preambles))('a format is found behind %s', async (_, preamble) => {
  for (const [text, format] of [
    [log, 'CSV'],
    [w3c, 'W3C extended log'],
  ]) {
    const { summary, requests } = await readTrace(preamble + text, { maxMalformedRatio: 1 });
    expect(summary.format).toBe(format);
    expect(requests.map(({ key }) => key)).toEqual(['192.0.2.1', '192.0.2.2']);
    const lines = preamble.split('\n').length - 1 + 3;
    expect(summary.lines?.read).toBe(lines);
  }
});

const rows = Array.from({ length: 40 }, (_, at) => `2023-11-14T22:13:${String(at + 10)}Z,192.0.2.${at % 3}`);

test.each([
  ['a table behind the end of a row', ['4:00,x', 'time,ip', ...rows], 1],
  ['a table without names behind the end of a row', ['22:13:00Z,192.0.2.9', ...rows], 1],
  ["a table behind Excel's word for its delimiter", ['sep=,', 'time,ip', ...rows], 1],
  ['objects behind the end of one', ['ken":1}', '{"x":', ...rows.map((row) => objectOf(row))], 2],
  [
    'objects behind many lines of text',
    [...Array(300).fill('starting'), ...rows.map((row) => objectOf(row))],
    300,
  ],
])('%s', async (_, lines, lost) => {
  const { summary, requests } = await readTrace(lines.join('\n'), { maxMalformedRatio: 1 });
  expect(requests).toHaveLength(rows.length);
  expect(requests[1].key).toBe('192.0.2.1');
  const { read = 0, used = 0, skipped = {} } = summary.lines ?? {};
  expect([read, used]).toEqual([lines.length, rows.length]);
  expect(Object.entries(skipped).reduce((sum, [why, count]) => sum + (why === 'header' ? 0 : count), 0)).toBe(
    lost,
  );
});

function objectOf(row: string): string {
  const [time, ip] = row.split(',');
  return JSON.stringify({ time, ip });
}

test('objects behind one that is too long, which is no document', async () => {
  const long = JSON.stringify({ time: '2023-11-14T22:13:09Z', text: 'x'.repeat(3 << 20) });
  const { summary } = await readTrace([long, ...rows.map(objectOf)].join('\n'), { maxMalformedRatio: 1 });
  expect(summary).toMatchObject({
    format: 'JSON lines',
    lines: { read: 41, skipped: { 'line too long': 1 } },
  });
});

test.each([
  ['pairs', rows.map((row) => `t=1 time=${row.replace(',', ' ip=')} level=info`)],
  ['a table', rows.map((row) => row.replace(',', '|'))],
])('%s behind the NULs of a log that was cut while it was written', async (_, lines) => {
  const { summary, requests } = await readTrace(`${'\0'.repeat(3000)}${lines.join('\n')}\n`, {
    maxMalformedRatio: 1,
  });
  expect(requests).toHaveLength(rows.length - 1);
  expect(summary.lines?.skipped).toEqual({ 'NUL byte': 1 });
});

test('a trailing delimiter ends a row of names too', async () => {
  const { summary } = await readTrace(
    `time\tip\t\n${rows.slice(0, 3).join('\t\n').replaceAll(',', '\t')}\t\n`,
  );
  expect(summary.lines).toMatchObject({ used: 3, skipped: { header: 1 } });
});
