import { describe, expect, test } from 'vitest';
import { formatSamples as products } from './formats.samples.ts';
import { clientSamples } from './samples.clients.ts';
import { collectedSamples } from './samples.collected.ts';
import { databaseSamples } from './samples.databases.ts';
import { dateSamples } from './samples.dates.ts';
import { loadTestSamples } from './samples.loadtests.ts';
import { serverSamples } from './samples.servers.ts';
import { shippedSamples } from './samples.shipped.ts';
import { spanSamples } from './samples.spans.ts';
import { textSamples } from './samples.text.ts';
import { asWritten, readTrace, us } from './testing.ts';

const formatSamples = [
  ...products,
  ...clientSamples,
  ...collectedSamples,
  ...databaseSamples,
  ...dateSamples,
  ...loadTestSamples,
  ...serverSamples,
  ...shippedSamples,
  ...textSamples,
  ...spanSamples,
];

describe('each format, found by itself', () => {
  test.each(formatSamples)('$format: $shows', async ({ format, lines, options, requests, skipped = {} }) => {
    const trace = await readTrace(`${lines.join('\n')}\n`, { ...asWritten, ...options });
    expect(trace.requests).toEqual(
      requests.map(([at, key, cost, durationUs]) => ({ at: us(at), key, cost, durationUs })),
    );
    expect(trace.summary.format).toBe(format);
    expect(trace.summary.lines?.skipped).toEqual(skipped);
  });

  test.each(formatSamples)(
    '$format reads the same with CR LF, a byte order mark and no last line end: $shows',
    async (sample) => {
      const options = { ...asWritten, ...sample.options };
      const unix = await readTrace(`${sample.lines.join('\n')}\n`, options);
      const windows = await readTrace(`\ufeff${sample.lines.join('\r\n')}`, options);
      expect(windows.requests).toEqual(unix.requests);
    },
  );

  test.each(formatSamples)('$format reads the same in chunks of any size: $shows', async (sample) => {
    const options = { spread: 'poisson' as const, maxMalformedRatio: 1, ...sample.options };
    const text = sample.lines.join('\n');
    const whole = await readTrace(text, options);
    for (const chunkBytes of [7, 100]) {
      expect(await readTrace(text, options, { chunkBytes, batchRows: 3 })).toEqual(whole);
    }
  });
});
