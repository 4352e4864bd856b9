import { describe, expect, test } from 'vitest';
import type { ContractFigures, RunResult } from '../../sim/result.ts';
import { drawCharts } from '../html/charts.ts';
import { deployed, resultOf, row, rows } from '../testing/fixture.ts';
import { allowedIn } from './burst.ts';
import { durationMarks, powers } from './chart.ts';
import { fairnessTable } from './fairness.ts';
import { ratesOf, timelineTable } from './timeline.ts';

const window: ContractFigures = { kind: 'window', limit: 100, window_us: 60e6, per: 'key' };
const calendar: ContractFigures = { kind: 'calendar', limit: 100, window_us: 1e6, per: 'key' };
const bucket: ContractFigures = { kind: 'bucket', limit: 60, period_us: 60e6, burst: 20, per: 'key' };

test.each([
  ['a window: its limit within one', window, 10e3, 100],
  ['a window: its limit in a whole one', window, 60e6, 100],
  ['a window: twice in a little more', window, 60e6 + 1, 200],
  ['a calendar: an interval may reach into the next window', calendar, 1e6, 200],
  ['a bucket: the burst, and the rate on top', bucket, 10e6, 30],
  [
    'several: the first, of which the burst figures speak',
    { kind: 'all', contracts: [bucket, window] },
    10e6,
    30,
  ],
] as const)('what is allowed by %s', (_, contract, spanUs, units) => {
  expect(allowedIn(contract, spanUs)).toBe(units);
});

test.each([
  [10, [3, 3351], [1, 10, 100, 1000, 10_000]],
  [10, [100, 100], [100, 1000]],
  [2, [8, 244.8], [8, 16, 32, 64, 128, 256]],
  [10, [0.02, 5], [0.01, 0.1, 1, 10]],
] as const)('powers of %i around %j', (base, values, expected) => {
  expect(powers(base, values)).toEqual(expected);
});

test.each([
  [
    [30e3, 59.4e6],
    [10e3, 100e3, 1e6, 10e6, 60e6],
  ],
  [[5], [1, 10]],
  [[10e6], [10e6, 60e6]],
  [[9e12], [8_640_000e6, 86_400_000e6]], // a queue of months
])('marks around delays of %j µs', (delays, expected) => {
  expect(durationMarks(delays)).toEqual(expected);
});

test('rates are means of the joined buckets, of the last ones too', () => {
  expect(ratesOf([10, 20, 30, 40, 50], 500e3, 2)).toEqual([30, 70, 100]);
});

test('rows that count in buckets of different lengths share one clock', () => {
  const seconds = { bucket_us: 1e6, offered: Array(100).fill(4), admitted: Array(100).fill(2) };
  const longer = { bucket_us: 5e6, offered: Array(20).fill(20), admitted: Array(30).fill(5) };
  const results = [
    { ...row('gcra'), timeline: seconds },
    { ...row('leaky-bucket-queue'), timeline: longer },
  ];
  const { head, rows } = timelineTable(resultOf({ results }));
  expect(head).toEqual(['from', 'offered', 'gcra', 'leaky-bucket-queue']);
  expect(rows).toHaveLength(30);
  expect(rows[0]).toEqual(['0:00', '4', '2', '1']);
  expect(rows[29]).toEqual(['2:25', '0', '0', '1']);
});

test('the fairness curve tells what each share of the keys got, where there is one', async () => {
  const { curve: _, ...older } = rows[0].fairness;
  const results = [{ ...rows[0], fairness: older }, rows[6]];
  const { head, rows: lines } = fairnessTable(resultOf({ results }), 'entitled');
  expect(head).toEqual(['keys', 'gcra']);
  expect([lines[0], lines[10], lines[20]]).toEqual([
    ['the least served', '90 %'],
    ['50 %', '105 %'],
    ['100 %', '120 %'],
  ]);
  expect((await drawCharts(resultOf({ results: results.slice(0, 1) }))).fairness).toBeUndefined();
});

test('a share beyond the axis of the fairness curve is said to be so', async () => {
  const { fairness } = await drawCharts(resultOf());
  expect(fairness?.wide).toContain('≥ 200 %');
  const { fairness: within } = await drawCharts(resultOf({ results: [rows[6]] }));
  expect(within?.wide).not.toContain('≥');
});

test('a fault is a band over the panels of the rows that it hits', async () => {
  const bands = async (result: RunResult) =>
    (await drawCharts(result)).timeline?.wide.match(/<path [^>]*fill="var\(--contract\)"/g)?.length ?? 0;
  expect(await bands(deployed)).toBe(1 + 1 + 3);
  expect(await bands(resultOf())).toBe(0);
});

describe('a picture has no figure that is none', () => {
  const nothing = {
    ...row('gcra', { admitted: 0, most: [0, 0, 0], worst: { units: 0, atUs: 0 } }),
    requests: 0,
    fairness: {
      jain: null,
      jain_entitled: null,
      starved_keys: 0,
      longest_starvation_us: 0,
      curve: { demanded: [], entitled: [] },
    },
    memory: { bytes_per_key: 0, keys: 0, bytes: 0 },
    timeline: { bucket_us: 10e3, offered: [], admitted: [] },
  };
  const shortPeriod = { name: 'x', limit: { limit: 1, period_us: 100e3, burst: 1, per: 'key' } };
  const results: readonly [string, RunResult][] = [
    ['eight rows', resultOf()],
    ['faults of deployments', deployed],
    ['a bucket contract', resultOf({ contract: bucket })],
    ['several contracts', resultOf({ contract: { kind: 'all', contracts: [calendar, window] } })],
    ['a limit of nothing', resultOf({ contract: { ...window, limit: 0 } })],
    [
      'a period as short as a span',
      resultOf({ scenario: shortPeriod, contract: { ...window, window_us: 100e3 } }),
    ],
    ['no traffic', resultOf({ results: [nothing] })],
    [
      'more mistakes than requests, in a file that somebody changed',
      resultOf({ results: [row('gcra', { over: 1e6 })] }),
    ],
    [
      'a curve that is cut short, in a file that somebody changed',
      resultOf({
        results: [{ ...rows[0], fairness: { ...rows[0].fairness, curve: { demanded: [1], entitled: [1] } } }],
      }),
    ],
    ['one that admits nothing beside others', resultOf({ results: [nothing, ...rows] })],
  ];

  test.each(results)('%s', async (_, result) => {
    const pictures = Object.values(await drawCharts(result)).flatMap(({ wide, narrow }) => [wide, narrow]);
    expect(pictures.join('').match(/.{40}(?:NaN|undefined|Infinity|null).{40}/g)).toBeNull();
  });
});

test('long names keep a picture to its width', async () => {
  const variant = `initial=${'9'.repeat(90)}`;
  const results = [
    row('token-bucket', { variant }),
    row('leaky-bucket-queue', { variant, latency: delays, over: 9 }),
  ];
  for (const { wide, narrow } of Object.values(await drawCharts(resultOf({ results })))) {
    expect(widthOf(wide)).toBeLessThanOrEqual(1000);
    expect(widthOf(narrow)).toBeLessThanOrEqual(360);
  }
});

const delays = { p50_us: 1e3, p90_us: 2e3, p99_us: 3e3, p999_us: 4e3, max_us: 5e3 };

function widthOf(svg: string): number {
  return Number(/ width="([\d.]+)"/.exec(svg)?.[1]);
}
