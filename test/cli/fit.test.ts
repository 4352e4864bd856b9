/** Recorded decisions through the real program: import, compare --live, fit. */
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/sim/result.ts';
import { ratelimit, temporaryFile } from './program.ts';

/** One client, a request every 40 ms for 4 s, against 10/1s by windows of the clock: sent to answered takes 2 ms. */
const startMs = Date.parse('2026-11-24T12:00:00.000Z');
const decisions = Array.from({ length: 100 }, (_, at) => ({
  sentMs: startMs + at * 40,
  status: at % 25 < 10 ? 200 : 429,
  key: 'ann%26co',
}));
const points = decisions.map(({ sentMs, status, key }, at) =>
  JSON.stringify({
    metric: 'http_req_duration',
    type: 'Point',
    data: {
      time: `${new Date(sentMs + 2).toISOString().slice(0, -1)}000000Z`,
      value: 2,
      tags: { status: String(status), part: 'load' },
      metadata: { request: String(at), key, cost: '1' },
    },
  }),
);
const json = temporaryFile('results.json.gz', gzipSync(`${points.join('\n')}\n`));
const csv = temporaryFile(
  'results.csv',
  [
    'metric_name,timestamp,metric_value,status,extra_tags,metadata',
    ...decisions.map(
      ({ sentMs, status, key }, at) =>
        `http_req_duration,${sentMs + 2}000000,2,${status},part=load,key=${key}&cost=1&request=${at}`,
    ),
  ].join('\n'),
);

describe.each([
  ['JSON', json],
  ['CSV', csv],
])('k6 %s', (_, file) => {
  test('is imported as the row live', async () => {
    const { code, stdout, stderr } = await ratelimit(['k6', 'import', file, '--limit', '10/1s', '--json']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { results, notes } = JSON.parse(stdout);
    expect(results).toMatchObject([
      { algorithm: 'live', store: 'target', requests: 100, admitted: 40, rejected: 60 },
    ]);
    expect(results[0].latency).toMatchObject({ p50_us: expect.closeTo(2000, -2), measured: true });
    expect(notes.join(' ')).toMatch(/by the clock of the load generator/);
  });

  test('stands beside the algorithms on the requests that were sent', async () => {
    const { stdout } = await ratelimit(['compare', '--live', file, '--limit', '10/1s', '--json', '--quiet']);
    const [live, fixed] = JSON.parse(stdout).results;
    expect(live.algorithm).toBe('live');
    expect(fixed).toMatchObject({ algorithm: 'fixed-window', requests: 100, admitted: live.admitted });
    expect(fixed.timeline).toEqual(live.timeline);
  });

  test('is told which limiter that looks like', async () => {
    const { stdout } = await ratelimit(['fit', file, '--json']);
    const { fits } = JSON.parse(stdout);
    const best = fits.filter((one: { like_first: boolean }) => one.like_first);
    expect(best).toContainEqual(
      expect.objectContaining({ algorithm: 'fixed-window', limit: '10/1s', unexplained: 0 }),
    );
  });
});

test('decisions of "ratelimit decide" are explained by what decided them', async () => {
  const requests = Array.from({ length: 300 }, (_, at) => `${at * 37_000 + (at % 7) * 1000},k${at % 2},1`);
  const decided = await ratelimit(
    ['decide', '--algorithm', 'gcra', '--limit', '5/1s,burst=3', '-'],
    `t_us,key,cost\n${requests.join('\n')}\n`,
  );
  const { stdout, code } = await ratelimit(['fit', '-'], decided.stdout);
  expect(code).toBe(0);
  expect(stdout).toMatch(/gcra +5\/1s,burst=3 +100 %/);
});

test('a broken expectation comes with the command that shows it again', async () => {
  const file = temporaryFile("it's k6.json", points.join('\n'));
  const flags = ['--limit', '5/1s', '--expect', 'accuracy.over_admitted == 0', '--json'];
  const { stdout } = await ratelimit(['k6', 'import', file, ...flags]);
  const [{ reproduce }] = (JSON.parse(stdout) as RunResult).checks!;
  const again = spawnSync('sh', ['-c', `bin/${reproduce}`], { encoding: 'utf8' });
  expect(again.stderr).toMatch(/broken: accuracy.over_admitted == 0/);
  expect(again.status).toBe(1);
});

test('an expectation that live breaks fails', async () => {
  const broken = await ratelimit([
    'k6',
    'import',
    json,
    '--limit',
    '5/1s',
    '--expect',
    'accuracy.over_admitted == 0',
  ]);
  expect(broken.stderr).toMatch(/broken: accuracy.over_admitted == 0/);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/are certain wherever/);
});

test.each([
  ['passed', 0],
  ['failed', 1],
  ['inconclusive', 3],
])('a summary that %s ends with %i', async (verdict, code) => {
  const counts = { sent: 1, admitted: 1, refused: 0, unexpected: 0 };
  const file = temporaryFile(
    'summary.json',
    JSON.stringify({ schema: 'ratelimit.k6/1', name: 'a', verdict, ...counts, judged: [] }),
  );
  expect(await ratelimit(['k6', 'import', file])).toMatchObject({
    code,
    stdout: expect.stringContaining(`a: ${verdict}`),
  });
});

test.each([
  ['no limit', ['k6', 'import', json], /does not say what the target promised; add --limit/],
  ['another traffic', ['compare', '--live', json, '--rate', '5/s'], /--live: .* leave out --rate/],
  ['a status without a recording', ['compare', '--refused-status', '503'], /name it with --live/],
  ['a file that is something else', ['fit', 'README.md'], /is not a recording/],
  ['a file that is not there', ['fit', 'nowhere.json'], /nowhere.json: there is no such file/],
  [
    'packed data that is cut off',
    ['fit', temporaryFile('cut.json.gz', gzipSync(points.join('\n')).subarray(0, 400))],
    /cut short or damaged/,
  ],
  [
    'whole seconds',
    [
      'fit',
      temporaryFile(
        's.csv',
        'metric_name,timestamp,metric_value,status\nhttp_req_duration,1795550381,1,200\n',
      ),
    ],
    /K6_CSV_TIME_FORMAT/,
  ],
  [
    'a status that is neither',
    ['fit', temporaryFile('5.json', points.join('\n').replaceAll('429', '503'))],
    /status 503 \(60\); where a status is a refusal/,
  ],
  [
    'nobody refused',
    ['fit', temporaryFile('all.csv', 't_us,key,cost,allowed\n0,a,1,1\n')],
    /nobody was refused/,
  ],
])('%s is refused', async (_, args, message) => {
  const { code, stderr } = await ratelimit(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
