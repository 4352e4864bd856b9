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
