import { expect, test } from 'vitest';
import { resampled, timelineChart } from './chart.ts';
import { paintWith } from './paint.ts';

const paint = paintWith(false);
const size = { width: 60, height: 9 };

test('two lines on one scale, with rates and instants', async () => {
  const offered = Array.from({ length: 20 }, (_, at) => (at >= 8 && at < 12 ? 900 : 300));
  const timeline = { bucket_us: 5e6, offered, admitted: offered.map((count) => Math.min(count, 400)) };
  const chart = `${timelineChart(timeline, size, paint).join('\n')}\n`;
  await expect(chart).toMatchFileSnapshot('testing/golden/chart.txt');
});

test('the scale is that of the lines: one busy bucket among many does not flatten them', () => {
  const offered = Array.from({ length: 600 }, (_, at) => (at === 300 ? 5000 : 100));
  const [top, ...rest] = timelineChart({ bucket_us: 1e6, offered, admitted: offered }, size, paint);
  expect(top).toMatch(/[╭╮]/);
  expect(rest.at(-1)).toMatch(/requests a second by 11\.\d s$/); // 600 s in 52 to 54 columns
});

test.each([
  ['as many columns as values', [1, 2, 3], 3, [1, 2, 3]],
  ['fewer: means', [1, 3, 5, 7], 2, [2, 6]],
  ['more: each value goes on', [1, 2], 4, [1, 1, 2, 2]],
  ['a value across an edge counts on both sides', [3, 6, 9], 2, [4, 8]],
])('resampling to %s', (_, values, width, expected) => {
  expect(resampled(values, width)).toEqual(expected);
});

test.each([
  ['no traffic', { bucket_us: 10e3, offered: [], admitted: [] }],
  ['nothing offered', { bucket_us: 1e6, offered: [0, 0, 0], admitted: [0, 0, 0] }],
  ['a single bucket', { bucket_us: 10e3, offered: [5], admitted: [5] }],
  ['600 weeks', { bucket_us: 604_800e6, offered: Array(600).fill(1e9), admitted: Array(600).fill(1) }],
])('%s fits its size', (_, timeline) => {
  const lines = timelineChart(timeline, size, paint);
  expect(lines.length).toBeLessThanOrEqual(size.height);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(size.width);
});
