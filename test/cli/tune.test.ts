import { describe, expect, test } from 'vitest';
import type { TuneResult } from '../../src/sim/tune/result.ts';
import { ratelimit, temporaryFile } from './program.ts';

/** 99 clients that ask once a second for a minute, and one that asks twenty times as often. */
const rows = Array.from({ length: 60 }, (_, second) =>
  [
    ...Array.from({ length: 99 }, (_, client) => `${second * 1e6 + client * 1000},client-${client}`),
    ...Array.from({ length: 20 }, (_, at) => `${second * 1e6 + 500_000 + at * 20_000},greedy`),
  ].join('\n'),
);
const trace = temporaryFile('requests.csv', `t_us,key\n${rows.join('\n')}\n`);

describe('tune', () => {
  test('finds the limit that spares the modest and holds the greedy', async () => {
    const { code, stdout, stderr } = await ratelimit([
      ...[
        'tune',
        '--trace',
        trace,
        '--period',
        '1s',
        '--goal',
        'refuse <= 1% of clients',
        '--json',
        '--quiet',
      ],
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result: TuneResult = JSON.parse(stdout);
    expect(result.demand).toMatchObject({ p50: 1, p99: 1, max: 20 });
    expect(result.choice).toMatchObject({ limit: expect.stringMatching(/^1\/1s/), refused_clients: 1 });
  });

  test('what cannot be met ends with 1 and is said', async () => {
    const wishes = ['--goal', 'refuse <= 0 of clients', '--cap', '10/1s'];
    const { code, stdout } = await ratelimit([
      'tune',
      '--trace',
      trace,
      '--period',
      '1s',
      '--quiet',
      ...wishes,
    ]);
    expect(stdout).toMatch(/cap +at most 10 of all clients in any second/);
    expect(stdout).toMatch(/CHOICE\nNothing meets both\. The goal alone: 20\/1s/);
    expect(code).toBe(1);
  });

  test.each([
    [
      'standard input',
      ['--trace', '-'],
      /tune: the traffic is read twice, and standard input can be read only once/,
    ],
    ['a pipe', ['--trace', '/dev/null'], /\/dev\/null, a pipe, can be read only once/],
    ['a goal of no kind', ['--goal', 'refuse nobody'], /--goal: "refuse nobody" is not a goal/],
    ['a cap without a span', ['--cap', '500'], /--cap: "500" is not a cap/],
    ['a queue', ['--algorithms', 'leaky-bucket-queue'], /--algorithms: leaky-bucket-queue cannot be tuned/],
    ['a period of nothing', ['--period', '0s'], /--period: /],
  ])('%s is refused', async (_, args, message) => {
    const { code, stderr } = await ratelimit(['tune', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
