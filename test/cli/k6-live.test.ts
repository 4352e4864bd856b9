/** Generated tests run by real k6 against a limiter on loopback: a right one passes, a wrong one fails. */
import { beforeAll, expect, test } from 'vitest';
import { startTarget, type TargetOptions } from '../../src/loadtest/testing/target.ts';
import { broken, generate, type K6Run, k6Once, k6Path, runK6 } from '../k6.ts';
import { temporaryFile } from './program.ts';

const minutes = 60_000;

beforeAll(() => {
  k6Path();
}, 15 * minutes); // the first time, k6 is built

/** Two clients that burst around the edges of the windows, and some others. */
const scenario = temporaryFile(
  'edges.yaml',
  `limit: 20/2s
duration: 6s
streams:
  - name: attackers
    arrivals: { model: edge-attacker, clients: 2, window: 2s, requests: 20, margin: 500ms }
  - name: others
    arrivals: { model: poisson, rate: 20/s }
    keys: { model: zipf, count: 4, exponent: 1 }
`,
);

async function runAgainst(options: TargetOptions, ...flags: string[]): Promise<K6Run> {
  const folder = await generate([
    scenario,
    '--max-lateness',
    '300ms',
    '--headers',
    'retry-after,draft',
    ...flags,
  ]);
  const target = await startTarget(options);
  try {
    return await runK6(folder, { RL_TARGET: target.url });
  } finally {
    await target.close();
  }
}

test.concurrent('a right limiter passes', { timeout: 10 * minutes }, async () => {
  const { code, summary, stderr } = await runAgainst({ algorithm: 'fixed-window', limit: '20/2s' });
  expect({ broken: broken(summary), verdict: summary.verdict, stderr: stderr.slice(0, 500) }).toEqual({
    broken: [],
    verdict: 'passed',
    stderr: '',
  });
  expect(code).toBe(0);
});

test.concurrent.each<[string, string[], TargetOptions, string[]]>([
  [
    'a limit that is doubled',
    ['ratelimit_admitted', 'ratelimit_in_window', 'ratelimit_header_errors'],
    { algorithm: 'fixed-window', limit: '40/2s' },
    [],
  ],
  [
    'headers that say that enough remains',
    ['ratelimit_header_errors'],
    {
      algorithm: 'fixed-window',
      limit: '20/2s',
      lie: (headers) => {
        headers.RateLimit = '"api";r=20';
      },
    },
    [],
  ],
  [
    'a Retry-After that is too short',
    ['checks'],
    {
      algorithm: 'sliding-window-log',
      limit: '20/4s',
      lie: (headers, allowed) => {
        if (!allowed) headers['Retry-After'] = '1';
      },
    },
    ['--limit', '20/4s'],
  ],
  [
    'a target that refuses while it says that more remains',
    ['checks'],
    {
      algorithm: 'fixed-window',
      limit: '20/2s',
      lie: (headers, allowed) => {
        if (allowed) headers.RateLimit = '"api";r=9';
      },
    },
    [],
  ],
  [
    'a reset that is too soon, where nothing else tells how long to wait',
    ['checks'],
    {
      algorithm: 'sliding-window-log',
      limit: '20/4s',
      lie: (headers, allowed) => {
        delete headers['Retry-After'];
        if (!allowed) headers.RateLimit = '"api";r=0;t=1';
      },
    },
    ['--limit', '20/4s', '--headers', 'draft'],
  ],
  [
    'bursts at the edge of a window, where a sliding window was promised',
    ['ratelimit_in_window'],
    { algorithm: 'fixed-window', limit: '20/2s' },
    ['--algorithms', 'sliding-window-log'],
  ],
])('%s fails', { timeout: 10 * minutes }, async (_, metrics, target, flags) => {
  const { code, summary } = await runAgainst(target, ...flags);
  expect(summary.verdict).toBe('failed');
  expect(broken(summary)).toEqual(expect.arrayContaining(metrics));
  expect(code).toBe(99);
});

test.concurrent('a target that is not there fails', { timeout: 10 * minutes }, async () => {
  const folder = await generate([
    scenario,
    '--limit',
    '20/2s',
    '--duration',
    '2s',
    '--max-lateness',
    '300ms',
  ]);
  const { summary } = await runK6(folder, { RL_TARGET: 'http://127.0.0.1:9/' });
  expect(summary.verdict).toBe('failed');
  expect(broken(summary)).toContain('ratelimit_unexpected');
});

test.concurrent('a generator that is too slow proves nothing', { timeout: 10 * minutes }, async () => {
  const folder = await generate([scenario, '--duration', '2s', '--max-lateness', '1us']);
  const { summary } = await k6Once(folder, { RL_TARGET: 'http://127.0.0.1:9/' });
  expect(summary.verdict).toBe('inconclusive');
});

test.concurrent('k6 keeps the rate of a stream', { timeout: 10 * minutes }, async () => {
  const folder = await generate([
    'steady',
    '--rate',
    '40/s',
    '--keys',
    '4',
    '--duration',
    '4s',
    '--limit',
    '10/1s',
  ]);
  const target = await startTarget({ algorithm: 'gcra', limit: '10/1s' });
  const { summary } = await runK6(folder, { RL_TARGET: target.url }).finally(() => target.close());
  expect({ broken: broken(summary), verdict: summary.verdict }).toEqual({ broken: [], verdict: 'passed' });
});
