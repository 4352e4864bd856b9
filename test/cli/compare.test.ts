import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/sim/result.ts';
import { type Finished, ratelimit, start, temporaryFile, temporaryFolder } from './program.ts';

async function resultOf(...args: string[]): Promise<RunResult> {
  const { stdout, stderr, code } = await ratelimit(['compare', ...args, '--json', '--quiet']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

/** A result without what this machine's speed decides. */
function comparable({ results, ...rest }: RunResult) {
  return { ...rest, results: results.map(({ throughput, ...figures }) => figures) };
}

function rowOf(result: RunResult, algorithm: string) {
  const row = result.results.find((candidate) => candidate.algorithm === algorithm);
  if (!row) throw new Error(`no row for ${algorithm}`);
  return row;
}

describe('compare', () => {
  test('the default shows the boundary burst of the fixed window and the exactness of the log', async () => {
    const result = await resultOf();
    expect(result.schema).toBe('ratelimit.run/1');
    expect(result.contract).toMatchObject({ kind: 'window', limit: 100, window_us: 60e6 });
    expect(rowOf(result, 'fixed-window').accuracy.worst_window_ratio).toBe(2);
    expect(rowOf(result, 'fixed-window').accuracy.over_admitted).toBeGreaterThan(1000);
    expect(rowOf(result, 'sliding-window-log').accuracy).toMatchObject({
      over_admitted: 0,
      needless_rejected: 0,
      oracle_disagreed: 0,
      worst_window_ratio: 1,
    });
    expect(rowOf(result, 'gcra').admitted).toBe(rowOf(result, 'token-bucket').admitted);
    expect(result.results.map(({ algorithm }) => algorithm)).toContain('concurrency');
  });

  test('the same seed gives the same figures, another seed others', async () => {
    const flags = ['steady', '--duration', '20s', '--algorithms', 'all'];
    const [first, second, other] = await Promise.all([
      resultOf(...flags, '--seed', '7'),
      resultOf(...flags, '--seed', '7'),
      resultOf(...flags, '--seed', '8'),
    ]);
    expect(comparable(second)).toEqual(comparable(first));
    expect(other.traffic.requests).not.toBe(first.traffic.requests);
  });

  test('clients that retry are rows of their own, with what became of their work', async () => {
    const flags = [
      '--rate',
      '50/s',
      '--keys',
      '10',
      '--duration',
      '20s',
      '--limit',
      '3/1s',
      '--algorithms',
      'gcra',
    ];
    const { results } = await resultOf(...flags, '--clients', 'none,retry-after:max_attempts=3');
    const [none, retrying] = results.map(({ clients }) => clients!);
    expect([none.label, retrying.label]).toEqual(['none', 'retry-after max_attempts=3']);
    expect(none.retries).toBe(0);
    expect(retrying.retries).toBeGreaterThan(0);
    expect(retrying.done).toBeGreaterThan(none.done);
    const { stdout } = await ratelimit([
      'compare',
      ...flags,
      '--clients',
      'none,exponential',
      '--no-tui',
      '--quiet',
    ]);
    expect(stdout).toContain('CLIENTS');
    expect(stdout).toContain('of their work done');
  });

  test('clients that do not exist are refused with the nearest name, and so are clients of a real store', async () => {
    const unknown = await ratelimit(['compare', '--clients', 'expnential']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain(
      '--clients: no policy is called "expnential"; did you mean "exponential"?',
    );
    const real = await ratelimit([
      'compare',
      '--clients',
      'none',
      '--store',
      'redis:embedded',
      '--algorithms',
      'gcra',
    ]);
    expect(real.code).toBe(2);
    expect(real.stderr).toContain('use --clients or --store, not both');
  });

  test('a row has the same figures alone as beside others on several threads', async () => {
    const flags = ['--rate', '400k/s', '--duration', '10s', '--keys', '10k', '--limit', '10/1s'];
    const [alone, together] = await Promise.all([
      resultOf(...flags, '--algorithms', 'gcra'),
      resultOf(...flags, '--algorithms', 'fixed-window,gcra,sliding-window-log'),
    ]);
    const { throughput: _a, ...one } = rowOf(alone, 'gcra');
    const { throughput: _b, ...other } = rowOf(together, 'gcra');
    expect(other).toEqual(one);
  });

  test('flags override the scenario', async () => {
    const result = await resultOf(
      'steady',
      '--limit',
      '5/1s,burst=7',
      '--algorithms',
      'token-bucket:initial=0',
      '--duration',
      '5s',
    );
    expect(result.scenario.limit).toMatchObject({ limit: 5, period_us: 1e6, burst: 7 });
    expect(result.contract).toMatchObject({ kind: 'bucket', burst: 7 });
    expect(result.results).toHaveLength(1);
    expect(result.results[0]).toMatchObject({
      variant: 'initial=0',
      params: { refill: 'continuous', initial: 0 },
    });
    expect(result.traffic.duration_us).toBeLessThan(5e6);
  });

  test('repeated runs: the first seed as it is alone, and the spread over all', async () => {
    const flags = ['steady', '--duration', '5s', '--algorithms', 'gcra'];
    const [alone, three] = await Promise.all([resultOf(...flags), resultOf(...flags, '--runs', '3')]);
    const [{ runs, ...row }] = three.results;
    expect(three.runs).toEqual({ count: 3, seeds: [1, 2, 3] });
    expect({ ...row, throughput: null }).toEqual({ ...alone.results[0], throughput: null });
    expect(runs?.requests.values[0]).toBe(alone.results[0].requests);
    expect(new Set(runs?.requests.values).size).toBe(3);
  });

  test('a trace by its columns, from a file and from standard input', async () => {
    const rows = Array.from({ length: 200 }, (_, at) => `${at * 1000},client-${at % 2},1`).join('\n');
    const csv = `t_us,key,cost\n${rows}\n`;
    const fromFile = await resultOf('--trace', temporaryFile('requests.csv', csv), '--limit', '50/1s');
    expect(fromFile.traffic).toMatchObject({ source: 'trace', requests: 200, keys: 2 });
    expect(fromFile.traffic.lines).toEqual({ read: 201, used: 200, skipped: expect.anything() });
    expect(rowOf(fromFile, 'sliding-window-log').admitted).toBe(100);
    const { stdout } = await ratelimit(
      ['compare', '--trace', '-', '--limit', '50/1s', '--json', '--quiet'],
      csv,
    );
    const fromInput: RunResult = JSON.parse(stdout);
    expect(comparable(fromInput).results).toEqual(comparable(fromFile).results);
  });

  test('outputs are written whole, by their ending', async () => {
    const folder = temporaryFile('.keep', '').replace(/\.keep$/, '');
    const files = ['run.json', 'run.csv', 'run.md'].map((name) => `${folder}${name}`);
    const flags = files.flatMap((file) => ['--output', file]);
    const { code } = await ratelimit(['compare', 'edge-attack', '--quiet', ...flags]);
    expect(code).toBe(0);
    const [json, csv, markdown] = files.map((file) => readFileSync(file, 'utf8'));
    expect(JSON.parse(json).results).toHaveLength(7);
    expect(csv.trim().split('\n')).toHaveLength(8);
    expect(markdown).toMatch(/^# /);
  });
});

const accessLine = '192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 5\n';

/** Nine aliases of nine aliases …: a few hundred bytes that stand for millions of values. */
function yamlBomb(): string {
  const names = [...'abcdefghi'];
  const lines = names.map((name, at) => {
    const item = at === 0 ? 'x' : `*${names[at - 1]}`;
    return `${name}: &${name} [${Array(9).fill(item).join(', ')}]`;
  });
  return `${lines.join('\n')}\n`;
}

describe('compare refuses in one message, with exit code 2', () => {
  const scenario = (text: string) => temporaryFile('mine.yaml', text);
  const refused: [what: string, args: () => string[], message: RegExp][] = [
    ['an unknown scenario', () => ['clasic'], /no scenario is called "clasic"; did you mean "classic"\?/],
    ['a missing file', () => ['none.yaml'], /none\.yaml: no such scenario file/],
    [
      'an unknown algorithm',
      () => ['--algorithms', 'gcar'],
      /--algorithms: no algorithm is called "gcar"; did you mean "gcra"/,
    ],
    ['an unknown flag', () => ['--limt', '1/1s'], /unknown option '--limt'[\s\S]*Did you mean --limit\?/],
    ['a limit without a period', () => ['--limit', '100'], /--limit: "100" is not a limit/],
    ['a negative rate', () => ['--rate', '-5/s'], /--rate: "-5\/s" is not a rate/],
    ['an ending nobody knows', () => ['--output', 'x.pdf'], /\.json/],
    [
      'an unwritable output',
      () => ['--output', '/nowhere/x.json'],
      /--output \/nowhere\/x\.json: cannot be written: its folder/,
    ],
    [
      'an unknown field',
      () => [scenario('limit: 1/1s\nstreems: []\n')],
      /mine\.yaml:2: there is no field "streems"; did you mean "streams"\?/,
    ],
    [
      'a wrong unit',
      () => [scenario('streams:\n  - arrivals: { model: poisson, rate: 5 parsecs }\n')],
      /mine\.yaml:2: streams\[0\]\.arrivals\.rate: "5 parsecs" is not a rate/,
    ],
    ['broken YAML', () => [scenario('limit: [1\nx: {')], /mine\.yaml:\d+: /],
    ['a YAML bomb', () => [scenario(yamlBomb())], /mine\.yaml: /],
    ['an empty trace', () => ['--trace', temporaryFile('empty.log', '')], /empty\.log/],
    [
      'a binary trace',
      () => [
        '--trace',
        temporaryFile('noise.bin', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256))),
      ],
      /noise\.bin/,
    ],
    ['a missing trace', () => ['--trace', 'none.log'], /none\.log/],
    ['no keys', () => ['--keys', '0'], /--keys: 0 is too few; write 1 or more/],
    ['no time', () => ['--duration', '0s'], /--duration: a period of "0s" is no time/],
    ['no traffic', () => ['--rate', '0/s'], /--rate: "0\/s" is no traffic/],
    ['a parameter of the wrong kind', () => ['--algorithms', 'gcra:tolerance="'], /gcra: tolerance: /],
    [
      'a parameter that would fill the memory',
      () => ['--algorithms', 'sliding-window-counter:sub_windows=60000000'],
      /sub_windows: must be at most 1000/,
    ],
    ['a setting given twice', () => ['--limit', '1/1s,burst=1,burst=2'], /burst is set twice/],
    [
      'an output that is a folder',
      () => ['--output', temporaryFolder('run.json')],
      /cannot be written: it is not a file/,
    ],
    ['a terminal escape', () => ['\u001b[31mred'], /no scenario is called "\\x1b\[31mred"/],
    [
      'a rate for a trace with times',
      () => ['--trace', temporaryFile('access.log', accessLine.repeat(3)), '--rate', '5/s'],
      /--rate: .*has times of its own/,
    ],
    ['one run as several', () => ['--runs', '1'], /--runs: "1" has no spread/],
    [
      'input that can be read once, several times',
      () => ['--trace', '-', '--runs', '3'],
      /--runs: .* standard input can be read only once/,
    ],
    ['a mapping without a trace', () => ['--key', 'user'], /name it with --trace/],
  ];

  test.each(refused)('%s', async (_, args, message) => {
    const { code, stdout, stderr }: Finished = await ratelimit(['compare', ...args()]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at |bug in ratelimit/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('an existing output stays as it is when the run is refused', async () => {
    const file = temporaryFile('kept.json', 'old');
    await ratelimit(['compare', 'none.yaml', '--output', file]);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(existsSync(`${file}.tmp`)).toBe(false);
  });
});

test.each([
  ['a trace', 'compare --trace FILE'],
  ['a recording', 'compare --limit 1/1s --live FILE'],
  ['a trace that is checked', 'check --expect admitted>0 --trace FILE'],
  ['a recording that is imported', 'k6 import --limit 1/1s FILE'],
  ['a trace that is planned for', 'plan --no-tui --limit 1/1s --trace FILE'],
])('%s is not written over by what is made of it', async (_, command) => {
  const requests = 't_us,key,cost,allowed\n0,ann,1,1\n1,ann,1,0\n';
  const file = temporaryFile('requests.csv', requests);
  const args = command.split(' ').map((word) => word.replace('FILE', file));
  const { stderr, code } = await ratelimit([...args, '--output', file]);
  expect(stderr).toBe(`ratelimit: --output ${file}: is read as well, and would be lost; name another file\n`);
  expect(code).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe(requests);
});

test('a trace that a scenario names is not written over', async () => {
  const file = temporaryFile('requests.csv', '0,ann,1\n');
  const scenario = temporaryFile('s.yaml', `trace: { files: [${file}] }\n`);
  expect((await ratelimit(['compare', scenario, '--output', file])).code).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('0,ann,1\n');
});

test('init tells in words why it cannot write', async () => {
  const { stderr, code } = await ratelimit(['init', 'none/api.yaml']);
  expect(stderr).toBe('ratelimit: none/api.yaml: cannot be written: its folder does not exist\n');
  expect(code).toBe(2);
});

describe('an interruption', () => {
  test.each([
    ['a first request', 'compare --trace -', '# none yet\n'],
    ['more', 'compare --trace -', '1,ann,1\n'],
    ['more to plan for', 'plan --no-tui --trace - --limit 1/1s', '1,ann,1\n'],
    ['more of a recording', 'k6 import - --limit 1/1s', 't_us,key,allowed\n'],
    ['more to fit', 'fit -', 't_us,key,allowed\n'],
    ['more of one beside others', 'compare --live - --limit 1/1s', 't_us,key,allowed\n'],
  ])('ends a run that waits for %s', async (_, command, line) => {
    const { child, finished } = start(command.split(' '));
    child.stdin!.write(line.repeat(60_000), () => child.kill('SIGINT')); // more than a pipe holds, so it reads by then
    expect((await finished).code).toBe(130);
  });
});
