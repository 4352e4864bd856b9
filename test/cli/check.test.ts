import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/sim/result.ts';
import { ratelimit, temporaryFile } from './program.ts';

const quick = ['--rate', '200/s', '--keys', '10', '--duration', '10s', '--limit', '10/1s', '--quiet'];

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'ratelimit-'));
}

const scenario = `limit: 10/1s
duration: 10s
streams:
  - arrivals: { model: poisson, rate: 200/s }
    keys: { model: uniform, count: 10 }
algorithms: [gcra, fixed-window]
expect:
  - accuracy.needless_rejected == 0
  - 'gcra: latency.p99 < 5ms'
`;

/** What a command of the shell that fails with 1 prints. */
function output(command: string): string {
  const { status, stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  expect(status).toBe(1);
  return stdout;
}

const twice = ['--output', 'x.json', '--output', './x.json'];

describe('check', () => {
  test('expectations of the scenario that hold end with 0 and one line', async () => {
    const { code, stdout, stderr } = await ratelimit([
      'check',
      temporaryFile('api.yaml', scenario),
      '--quiet',
    ]);
    expect(stdout).toBe('api, seed 1: all 3 checks hold\n');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('a broken one ends with 1 and says what was expected, seen, and how to see it again', async () => {
    const strict = `${scenario}  - 'fixed-window: burst.max_in_1s <= 10'\n`;
    const { code, stdout } = await ratelimit(['check', temporaryFile('it is.yaml', strict), '--quiet']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^it is, seed 1: 1 of 4 checks broken\n\nfixed-window\n {2}burst.max_in_1s {2}expected <= 10 {2}seen \d+\n/,
    );
    const [, command] = /\n {2}reproduce: (.*)\n/.exec(stdout)!;
    expect(command).toMatch(/^ratelimit check '.*it is\.yaml' --algorithms fixed-window --expect '.*'$/);
    const again = output(`bin/${command} --quiet`);
    expect(again).toBe(stdout.replace('1 of 4 checks', '1 of 1 check'));
  });

  test('on GitHub an annotation stands at the line of the file that expected it', async () => {
    const file = temporaryFile('api.yaml', `${scenario}  - admitted < 0\n`);
    const env = {
      GITHUB_WORKSPACE: dirname(dirname(file)),
      GITHUB_STEP_SUMMARY: join(folder(), 'summary.md'),
    };
    const place = `file=${basename(dirname(file))}/api.yaml,line=${scenario.split('\n').length}`;
    const { code, stdout } = await ratelimit(['check', file, '--quiet', '--github'], '', env);
    expect(stdout).toContain(`::error ${place},title=api%3A gcra%3A admitted::`);
    expect(code).toBe(1);
    const flag = [...['check', file], '--quiet', '--github', '--expect', 'admitted < 0'];
    expect((await ratelimit(flag, '', env)).stdout).toContain('::error title=api%3A gcra%3A admitted::');
    const elsewhere = { ...env, GITHUB_WORKSPACE: folder() };
    expect((await ratelimit(['check', file, '--quiet', '--github'], '', elsewhere)).stdout).toContain(
      '::error title=',
    );
  });

  test('several scenarios, each with its own outputs', async () => {
    const out = folder();
    const { code, stdout } = await ratelimit([
      'check',
      ...['edge-attack', temporaryFile('api.yaml', scenario), '--quiet', '--algorithms', 'gcra'],
      ...['--expect', 'accuracy.over_admitted == 0', '--output', join(out, '{scenario}.json')],
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^edge-attack, seed 1: 1 of 1 check broken[\s\S]*\napi, seed 1: /);
    const saved: RunResult = JSON.parse(readFileSync(join(out, 'edge-attack.json'), 'utf8'));
    expect(saved.checks).toMatchObject([{ algorithm: 'gcra', passed: false }]);
    expect(JSON.parse(readFileSync(join(out, 'api.json'), 'utf8')).checks).toHaveLength(1);
  });

  test.each([
    ['nothing that is expected', ['steady'], /steady: nothing is expected; write expect:/],
    [
      'an unknown figure',
      ['--expect', 'fairness.jian > 1'],
      /--expect: no figure is called "fairness.jian"; did you mean "fairness.jain"/,
    ],
    [
      'an algorithm that is not compared',
      [...quick, '--algorithms', 'gcra', '--expect', 'fixed-window: admitted > 0'],
      /concerns no row/,
    ],
    [
      'outputs in one file',
      ['steady', 'diurnal', '--expect', 'admitted > 0', '--output', 'x.json'],
      /named twice/,
    ],
    ['an output given twice', ['steady', '--expect', 'admitted > 0', ...twice], /x\.json: named twice/],
    [
      'annotations beside JSON',
      ['steady', '--github', '--json'],
      /'--github' cannot be used with option '--json'/,
    ],
    [
      'annotations elsewhere than in GitHub Actions',
      ['steady', '--github', '--expect', 'admitted > 0'],
      /--github: GITHUB_STEP_SUMMARY is not set/,
    ],
    [
      'an expectation in a scenario',
      [temporaryFile('api.yaml', 'expect: [latency.p98 < 5ms]\n')],
      /api\.yaml:1: expect\[0\]: no figure is called "latency\.p98"/,
    ],
  ])('%s is refused', async (_, args, message) => {
    const { code, stdout, stderr } = await ratelimit(['check', ...args]);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('check on a real store', () => {
  const flags = ['--store', 'redis:embedded', '--algorithms', 'gcra', '--duration', '2s', '--quiet'];
  const file = temporaryFile('api.yaml', scenario);
  const bounds = (...expectations: string[]) => expectations.flatMap((text) => ['--expect', text]);

  test('in wall time latency is that of the store, and the broken check is named', async () => {
    const wall = ['check', file, ...flags, '--time', 'wall'];
    const holding = [
      'latency.p99 < 1m',
      'accuracy.over_admitted_ratio < 100%',
      'live.commands_per_decision > 0',
    ];
    const { code, stdout } = await ratelimit([...wall, ...bounds(...holding, 'latency.p99 < 1us')]);
    expect(stdout).toMatch(
      /^api, seed 1: 1 of 4 checks broken\n\ngcra\n {2}latency\.p99_us {2}expected < 1us {2}seen \d+us\n/,
    );
    expect(stdout).toMatch(
      /\n {2}reproduce: ratelimit check \S+ --.*--store redis:embedded .*--expect 'latency\.p99 < 1us'\n/,
    );
    expect(code).toBe(1);
    expect((await ratelimit([...wall, ...bounds(...holding)])).code).toBe(0);
  });

  test('in logical time decisions are those of the virtual clock, and a note tells whose latency that is', async () => {
    const expectations = bounds(
      'accuracy.needless_rejected == 0',
      'latency.p99 < 5ms',
      'accuracy.over_admitted == 0',
    );
    const live = await ratelimit(['check', file, ...flags, ...expectations]);
    expect(live.stdout).toMatch(
      /^api, seed 1: 1 of 3 checks broken\n\ngcra\n {2}accuracy\.over_admitted .* seen \d+\n/,
    );
    expect(live.stdout).toMatch(/\nnote {2}latency is the delay .* live\.decision_latency, .*--time wall/);
    expect(live.code).toBe(1);
    const virtual = await ratelimit(['check', file, ...flags.slice(2), ...expectations]);
    const seen = ({ stdout }: { stdout: string }) => / seen (\d+)\n/.exec(stdout)?.[1];
    expect(seen(live)).toBe(seen(virtual));
    expect(virtual.stdout).not.toContain('note');
  });
});

describe('check against a baseline', () => {
  const baseline = () => join(folder(), '{scenario}.json');

  test('is written, holds, and is broken by another limit of the same figures', async () => {
    const file = temporaryFile('api.yaml', scenario);
    const flags = ['check', file, '--quiet', '--baseline', baseline()];
    expect((await ratelimit([...flags, '--update-baseline'])).code).toBe(0);
    expect(await ratelimit(flags)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('all 6 checks hold'),
    });

    writeFileSync(file, scenario.replace('rate: 200/s', 'rate: 201/s'));
    const { code, stdout } = await ratelimit([...flags, '--tolerance', 'accuracy.*=50%']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /\n\ntraffic\n {2}traffic\.requests +expected \d+ +seen \d+\n(.*\n)+ {2}reproduce: ratelimit check .*--baseline/,
    );

    writeFileSync(file, scenario.replace('limit: 10/1s', 'limit: 11/1s'));
    const other = await ratelimit(flags);
    expect(other.stderr).toMatch(
      /api\.json: was saved with limit 10\/1s, and this run has 11\/1s; contract .*; compare like with like/,
    );
    expect(other.code).toBe(2);
  });

  test.each([
    ['another limit', ['--limit', '11/1s'], /limit 10\/1s, and this run has 11\/1s; contract /],
    ['another seed', ['--seed', '2'], /seeds 1, and this run has 2; compare/],
    ['more seeds', ['--runs', '3'], /seeds 1, and this run has 1, 2, 3; compare/],
  ])('with %s is refused before anything runs, also the first of two scenarios', async (_, more, message) => {
    const [fresh, old] = ['fresh', 'old'].map((name) => temporaryFile(`${name}.yaml`, scenario));
    const flags = ['--quiet', '--baseline', baseline()];
    await ratelimit(['check', fresh, ...more, ...flags, '--update-baseline']);
    await ratelimit(['check', old, ...flags, '--update-baseline']);
    const { code, stdout, stderr } = await ratelimit(['check', fresh, old, ...more, ...flags]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^ratelimit: .*old\.json: was saved with/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test.each([
    [
      'a baseline that is not there',
      ['--baseline', 'none.json'],
      /none\.json: there is no such file; .* --update-baseline writes it/,
    ],
    [
      'a baseline that is no run',
      ['--baseline', temporaryFile('x.json', '{"schema": "ratelimit.run/9"}')],
      /x\.json: schema: .* a newer ratelimit wrote it/,
    ],
    [
      'an update without a file',
      ['--update-baseline', '--expect', 'admitted > 0'],
      /name the file with --baseline/,
    ],
    [
      'an unwritable baseline',
      ['--update-baseline', '--baseline', '/nowhere/b.json'],
      /--baseline \/nowhere\/b\.json: cannot be written/,
    ],
    [
      'an output in place of the baseline',
      ['--baseline', 'src/../b.json', '--output', 'b.json'],
      /--output b\.json: is the baseline as well; --update-baseline writes that one anew/,
    ],
    [
      'a tolerance of nothing',
      ['--update-baseline', '--baseline', 'x.json', '--tolerance', 'speed.*=1%'],
      /--tolerance: no figure is called "speed\.\*"/,
    ],
    [
      'a tolerance of no baseline',
      ['--expect', 'admitted > 0', '--tolerance', 'accuracy.*=1%'],
      /--tolerance: speaks of a baseline; name it with --baseline/,
    ],
    [
      'a tolerance without a share',
      ['--update-baseline', '--baseline', 'x.json', '--tolerance', 'accuracy.*'],
      /--tolerance: "accuracy\.\*" is not a tolerance/,
    ],
  ])('%s is refused', async (_, args, message) => {
    const { code, stderr } = await ratelimit(['check', 'steady', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
