import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlanResult } from '../../src/plan/result.ts';
import { type Finished, ratelimit, temporaryFile, temporaryFolder } from './program.ts';

const usual = ['plan', '--rps', '100k', '--keys', '5M', '--limit', '100/1m'];

function planOf({ stdout, stderr, code }: Finished): PlanResult {
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('ratelimit plan', () => {
  test('the bill of the reference stack, line by line', async () => {
    const { bill } = planOf(
      await ratelimit([...usual, '--algorithm', 'gcra', '--provider', 'reference', '--json']),
    );
    expect(bill!.lines.map(({ what, usd_per_month }) => [what, usd_per_month])).toEqual([
      ['Redis, cache.r6g.large', 900],
      ['Kubernetes nodes', 1500],
      ['Load balancer', 100],
      ['TimescaleDB', 500],
      ['Kafka', 600],
      ['Monitoring', 300],
    ]);
    expect(bill!.usd_per_month).toBe(3900);
    expect(bill!.lines.every(({ optimistic }) => optimistic !== undefined)).toBe(true);
  });

  test.each([
    ['reserved', 900 * 0.6 + 1500 * 0.6 + 1500],
    ['spot', 900 + 1500 * 0.3 + 1500], // ElastiCache has no spot nodes
  ])('%s', async (pricing, usd) => {
    const flags = ['--algorithm', 'gcra', '--provider', 'reference', '--pricing', pricing, '--json'];
    expect(planOf(await ratelimit([...usual, ...flags])).bill!.usd_per_month).toBeCloseTo(usd, 6);
  });

  test('text, and the same as JSON, CSV and Markdown', async () => {
    const folder = temporaryFolder('out');
    const files = ['plan.json', 'plan.csv', 'plan.md'].map((name) => join(folder, name));
    const { stdout, code } = await ratelimit([...usual, ...files.flatMap((file) => ['--output', file])]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^traffic {3}100k\/s at the peak, of 5M keys, Zipf with exponent 1/m);
    expect(stdout).toMatch(/^Left out: concurrency needs to know how long a request is in flight; say it/m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const [json, csv, markdown] = files.map((file) => readFileSync(file, 'utf8'));
    expect(JSON.parse(json).rows).toHaveLength(7);
    expect(csv.trim().split('\n')).toHaveLength(8);
    expect(markdown).toMatch(/^## Memory\n\n\| +\| B a key \|/m);
  });

  test('a trace brings its keys, their popularity and its busiest second', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `${at * 10_000},${at % 3 === 0 ? 'big' : `c${at}`}`);
    const trace = temporaryFile('trace.csv', ['t_us,key', ...lines, ''].join('\n'));
    const { asked } = planOf(await ratelimit(['plan', '--trace', trace, '--limit', '10/1s', '--json']));
    expect(asked).toMatchObject({ rate_per_s: 100, keys: 201, name_bytes: 'ratelimit:{c100}'.length });
    expect(asked.hottest_key_ratio).toBeCloseTo(1 / 3, 9);
  });

  test('a saved run brings its limit, algorithms, peak and keys', async () => {
    const run = join(temporaryFolder('out'), 'run.json');
    const compare = ['--rate', '1k/s', '--keys', '500', '--duration', '10s', '--limit', '7/1s', '--quiet'];
    await ratelimit([
      'compare',
      ...compare,
      '--algorithms',
      'gcra,token-bucket:refill=interval',
      '--output',
      run,
    ]);
    const { asked, rows } = planOf(await ratelimit(['plan', '--from', run, '--json']));
    expect(asked).toMatchObject({ limit: '7/1s', keys: 500 });
    expect(asked.rate_per_s).toBeGreaterThan(900);
    expect(rows.map(({ algorithm, variant }) => [algorithm, variant])).toEqual([
      ['gcra', ''],
      ['token-bucket', 'interval refill'],
    ]);
  });

  test('what one shard cannot take of one key does not fit, ends with 1 and says why', async () => {
    const { stdout, code } = await ratelimit(['plan', '--rps', '1M', '--keys', '1', '--limit', '100/1m']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^gcra +no fit +none\/1\//m);
    expect(stdout).toMatch(/^gcra +hottest key, 0\.\d+×$/m);
  });

  test('a sorted set is planned beside the script: past 128 entries it leaps', async () => {
    const algorithms = 'sliding-window-log:access=zadd-timestamp';
    const bytesAt = async (rps: string) => {
      const flags = ['--rps', rps, '--keys', '1k', '--popularity', 'uniform', '--limit', '1000/1m'];
      const { rows } = planOf(await ratelimit(['plan', ...flags, '--algorithms', algorithms, '--json']));
      return rows[0].memory.bytes_per_key;
    };
    const [before, after] = [await bytesAt('2k'), await bytesAt('2200')]; // 121 and 133 in a window
    expect(after / before).toBeGreaterThan(4);
  });

  test('--what-if: tables, drawings and edges in the text, and all points in JSON and CSV', async () => {
    const folder = temporaryFolder('out');
    const files = ['plan.json', 'plan.csv', 'plan.md'].map((name) => join(folder, name));
    const outputs = files.flatMap((file) => ['--output', file]);
    const { stdout, code } = await ratelimit([...usual, '--what-if', 'all', ...outputs]);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^WHAT IF THE RATE WERE DIFFERENT: A MONTH\n +10k\/s +20k\/s +50k\/s +100k\/s/m);
    expect(stdout).toMatch(/^\$[\d,]+ ┼/m);
    expect(stdout).toMatch(/^WHERE A DIFFERENT NUMBER OF KEYS NEEDS ANOTHER SIZE/m);
    expect(stdout).toMatch(/^gcra( +[\d,]+\/s)* +\$900 .* [\d,]+\/s +[\d,]+\/s$/m);
    const [json, csv, markdown] = files.map((file) => readFileSync(file, 'utf8'));
    const { what_if, ceilings } = JSON.parse(json) as PlanResult;
    expect(what_if!.map(({ axis, points }) => [axis, points.length])).toEqual([
      ['rps', 21],
      ['keys', 21],
      ['window', 21],
    ]);
    expect(ceilings).toHaveLength(7);
    expect(csv.trim().split('\n')).toHaveLength(1 + 7 + 3 * 21 * 7);
    expect(csv).toMatch(/^atomic,gcra,,true,cache.r6g.large,.*,rps,200000$/m);
    expect(markdown).toMatch(/^## What if the window were different: data$/m);
  });

  test('--what-if of a trace leaves out keys, and says so', async () => {
    const trace = temporaryFile('trace.csv', 't_us,key\n0,a\n1000,b\n');
    const flags = ['plan', '--trace', trace, '--limit', '10/1s', '--algorithm', 'gcra'];
    const { what_if, notes } = planOf(await ratelimit([...flags, '--what-if', 'all', '--json']));
    expect(what_if!.map(({ axis }) => axis)).toEqual(['rps', 'window']);
    expect(notes).toContainEqual(expect.stringMatching(/^Left out of what-if: keys: keys that were counted/));
    const { code, stderr } = await ratelimit([...flags, '--what-if', 'keys']);
    expect(stderr).toMatch(/--what-if: keys: keys that were counted in a trace cannot be more or fewer/);
    expect(code).toBe(2);
  });

  test.each([
    ['nothing', [], /--limit is missing/],
    ['no traffic', ['--limit', '1/1s'], /--rps is missing; write the peak and the number of clients/],
    ['no keys', ['--limit', '1/1s', '--rps', '5k'], /--keys is missing/],
    ['a shared limit', [...usual.slice(1, 5), '--limit', '5/1s,per=global'], /per=global is shared by keys/],
    [
      'a node of no kind',
      [...usual.slice(1), '--node', 'big'],
      /--node: the prices of aws: no node is called "big"; there are cache/,
    ],
    [
      'a provider',
      [...usual.slice(1), '--provider', 'acme'],
      /--provider: no provider is called "acme"; there are aws and reference; name a file/,
    ],
    [
      'a rule',
      [...usual.slice(1), '--head-room', 'cpus=1'],
      /--head-room: no rule is called "cpus"; did you mean "cpu"\?/,
    ],
    ['a share', [...usual.slice(1), '--head-room', 'cpu=120%'], /--head-room: cpu: must be at most 1/],
    ['a share of nothing', [...usual.slice(1), '--head-room', 'cpu'], /--head-room: "" is not a number/],
    ['a law', [...usual.slice(1), '--popularity', 'pareto'], /--popularity: "pareto" is not a law/],
    [
      'a page',
      [...usual.slice(1), '--output', 'plan.pdf'],
      /--output plan.pdf: a plan may be .json, .csv, .md, .html/,
    ],
    [
      'an axis',
      [...usual.slice(1), '--what-if', 'rsp'],
      /--what-if: no axis is called "rsp"; did you mean "rps"\?/,
    ],
    [
      'two sources',
      ['--from', 'a.json', '--trace', 'b.log'],
      /--from and --trace: each says what the traffic is/,
    ],
  ])('%s is refused', async (_, args, message) => {
    const { code, stderr } = await ratelimit(['plan', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
