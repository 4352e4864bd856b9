import { describe, expect, test } from 'vitest';
import type { TunedLimit, TuneResult } from '../sim/tune/result.ts';
import { renderTune } from './tune-text.ts';

/** A limit that refuses this many of 10,000 requests and of 1000 clients. */
function limit(units: number, requests: number, clients: number, peak: number): TunedLimit {
  return {
    algorithm: 'gcra',
    variant: '',
    limit: `${units}/1m,burst=${units}`,
    refused_requests: requests,
    refused_requests_ratio: requests / 10_000,
    refused_clients: clients,
    refused_clients_ratio: clients / 1000,
    peak_admitted: peak,
    bytes_per_key: 8,
  };
}

const front = Array.from({ length: 40 }, (_, at) =>
  limit(10 * (at + 1), 4000 - 100 * at, 80 - 2 * at, 100 + at),
);

const result: TuneResult = {
  schema: 'ratelimit.tune/1',
  version: '0.1.0',
  scenario: 'access.log\u001b[2J',
  traffic: { requests: 10_000, clients: 1000, duration_us: 600e6 },
  goal: 'refuse < 1% of clients',
  cap: { units: 137, span_us: 1e6 },
  period_us: 60e6,
  span_us: 1e6,
  demand: { p50: 3, p75: 8, p90: 20, p95: 44, p99: 300, p999: 1750, max: 3351 },
  candidates: 150,
  front,
  choice: front[36],
  meeting_goal: front[36],
  meeting_cap: front[37],
  notes: ['times are whole multiples of 1s'],
};

describe('the result of a search', () => {
  test('as text', async () => {
    await expect(renderTune(result)).toMatchFileSnapshot('testing/golden/tune.txt');
  });

  test('fits 80 columns, says nothing to the terminal, and can be ASCII', () => {
    const text = renderTune(result, { ascii: true });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^[\n -~]*$/);
  });

  test.each([
    [
      { choice: null },
      /Nothing meets both\. The goal alone: 370\/1m,burst=370 by gcra: .*The cap alone: 380/,
    ],
    [
      { choice: null, meeting_goal: null, meeting_cap: null, cap: null },
      /Nothing meets the goal \(refuse < 1% of clients\)\.$/,
    ],
  ])('without a choice', (change, expected) => {
    expect(
      renderTune({ ...result, ...change })
        .replace(/\s+/g, ' ')
        .trim(),
    ).toMatch(expected);
  });
});
