import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Calibration } from '../../src/sim/calibration.ts';
import type { RunResult } from '../../src/sim/result.ts';
import { freePort, TestRedis } from '../../src/stores/testing/redis-server.ts';
import { type Finished, ratelimit, start, temporaryFolder } from './program.ts';

const small = ['--rate', '500/s', '--duration', '2s', '--limit', '5/1s', '--quiet'];

let server: TestRedis;
let redis: Redis;

beforeAll(async () => {
  server = await TestRedis.start();
  redis = new Redis(server.port);
});

afterAll(async () => {
  redis?.disconnect();
  await server?.stop();
});

function resultOf({ stdout, stderr, code }: Finished): RunResult {
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('compare --store', () => {
  test('on a server: the same decisions as on the virtual clock, and what they cost; nothing is left there', async () => {
    const live = resultOf(await ratelimit(['compare', ...small, '--store', server.url, '--json']));
    const virtual = resultOf(await ratelimit(['compare', ...small, '--json']));
    expect(live.results.map(({ algorithm, admitted }) => [algorithm, admitted])).toEqual(
      virtual.results.map(({ algorithm, admitted }) => [algorithm, admitted]),
    );
    expect(live.results[0].live).toMatchObject({ time: 'logical', errors: {}, measured: true });
    expect(await redis.keys('*')).toEqual([]);
  });

  test('on a Redis of its own, which is gone afterwards', async () => {
    const TMPDIR = temporaryFolder('tmp');
    const args = ['compare', ...small, '--store', 'redis:embedded', '--algorithms', 'gcra'];
    const { stdout, code } = await ratelimit(args, '', { TMPDIR });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^store {5}Redis \d+\.\d+\.\d+, redis:embedded; logical time/m);
    expect(stdout).toMatch(/^STORE$/m);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  test('in wall time, with latency from the instant at which a request was due', async () => {
    const flags = ['--store', server.url, '--time', 'wall', '--algorithms', 'gcra', '--json'];
    const { results, traffic } = resultOf(await ratelimit(['compare', ...small, ...flags]));
    expect(results[0].requests).toBe(traffic.requests);
    expect(results[0].latency).toMatchObject({ measured: true });
    expect(results[0].live!.schedule_slip).not.toBeNull();
  });

  test('Ctrl-C: what was sent is reported as partial, the keys are deleted, exit code 130', async () => {
    const args = [
      'compare',
      '--store',
      server.url,
      '--time',
      'wall',
      '--rate',
      '200/s',
      '--duration',
      '1h',
      '--json',
    ];
    const { child, finished } = start([...args, '--algorithms', 'gcra', '--quiet']);
    while ((await redis.dbsize()) === 0) await sleep(20);
    child.kill('SIGINT');
    const { stdout, code } = await finished;
    expect(code).toBe(130);
    expect(JSON.parse(stdout).partial).toBe(true);
    expect(await redis.keys('*')).toEqual([]);
  });

  test.each([
    ['Ctrl-C', 'SIGINT'],
    ['closing the terminal', 'SIGHUP'],
  ] as const)('%s on a Redis of its own: it is gone as well', async (_, signal) => {
    const TMPDIR = temporaryFolder('tmp');
    const args = [
      'compare',
      '--store',
      'redis:embedded',
      '--time',
      'wall',
      '--rate',
      '200/s',
      '--duration',
      '1h',
    ];
    const { child, finished } = start([...args, '--quiet'], { TMPDIR });
    while (readdirSync(TMPDIR).length === 0) await sleep(20);
    child.kill(signal);
    expect((await finished).code).toBe(130);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });
});

describe('what cannot be', () => {
  test('a server that is not there: exit code 3 and one line, without the password', async () => {
    const address = `redis://:hunter2@127.0.0.1:${await freePort()}`;
    const { stdout, stderr, code } = await ratelimit(['compare', ...small, '--store', address]);
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    expect(stderr).toMatch(
      /^ratelimit: redis:\/\/…@127\.0\.0\.1:\d+: cannot be used: nothing listens there; .*\n$/,
    );
  });

  test.each([
    [
      'a server where sentinels were meant',
      'redis-sentinel',
      '/main',
      'no sentinel there names the master (ERR',
    ],
    ['a server where a cluster was meant', 'redis-cluster', '', 'no node of a cluster answers there'],
  ])('%s: exit code 3', async (_, scheme, path, message) => {
    const address = `${scheme}${server.url.slice('redis'.length)}${path}`;
    const { stderr, code } = await ratelimit(['compare', ...small, '--store', address]);
    expect(stderr).toContain(`: cannot be used: ${message}`);
    expect(code).toBe(3);
  });

  test('a Redis of its own without a folder to be in: exit code 3', async () => {
    const { stderr, code } = await ratelimit(['compare', ...small, '--store', 'redis:embedded'], '', {
      TMPDIR: '/none',
    });
    expect(stderr).toMatch(
      /^ratelimit: redis:embedded has no folder for its socket: .*; name one .* with TMPDIR\n$/,
    );
    expect(code).toBe(3);
  });

  test('something else than Redis: exit code 3', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo; // it listens on a port
    const { stderr, code } = await ratelimit(['compare', ...small, '--store', `redis://127.0.0.1:${port}`]);
    other.close();
    expect(stderr).toContain(': cannot be used: what answers there is no Redis\n');
    expect(code).toBe(3);
  });

  test.each([
    [['--store', 'postgres://x'], /no store has an address like this/],
    [['--store', 'redis://'], /names no host/],
    [['--speed', '2x'], /--speed: speaks of a real store/],
    [['--store', 'mock', '--speed', '2x'], /--speed: goes with --time wall/],
    [['--store', 'mock', '--time', 'wall', '--speed', '0'], /"0" is not a speed/],
    [['--store', 'mock', '--concurrency', '0'], /--concurrency: 0 is too few/],
    [
      ['--store', 'mock', '--on-store-error', 'panic'],
      /--on-store-error: no policy is called "panic"; there are open, closed, local/,
    ],
    [['--store', 'mock', '--time', 'wall'], /on a mock in wall time/],
    [['--store', 'mock', '--time', 'wall', '--time', 'logical'], /--time: given twice/],
    [['--algorithms', 'gcra:access=get-then-set'], /is a way to ask a real store; name one with --store/],
    [
      ['--store', 'redis:embedded', '--algorithms', 'gcra:access=get-than-set'],
      /did you mean "get-then-set"/,
    ],
    [['--store', 'redis:embedded', '--trace', '-'], /standard input can be read only once/],
  ])('%j: exit code 2 and one line', async (flags, message) => {
    const { stderr, code } = await ratelimit(
      ['compare', ...(flags.includes('-') ? ['--quiet'] : small), ...flags],
      't_us,key\n1,a\n',
    );
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

test('calibrate writes a file, and validate-model reads it', async () => {
  const file = join(temporaryFolder('calibration'), 'redis.json');
  const { stdout, code } = await ratelimit([
    'calibrate',
    server.url,
    '--algorithms',
    'gcra',
    '--output',
    file,
    '--quiet',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^gcra +\d/m);
  const calibration: Calibration = JSON.parse(readFileSync(file, 'utf8'));
  expect(calibration).toMatchObject({ schema: 'ratelimit.calibration/1', limit: '100/1m' });
  expect(calibration.rows[0].saturation_per_s).toBeGreaterThan(1000);
  expect(calibration.rows[0].memory_bytes_per_key).toBeGreaterThan(70);
  const slow = {
    ...calibration,
    rows: [{ ...calibration.rows[0], saturation_per_s: 1000, service_us: 1000 }],
  };
  writeFileSync(file, JSON.stringify(slow));
  const checked = await ratelimit([
    'validate-model',
    server.url,
    '--calibration',
    file,
    '--duration',
    '1s',
    '--quiet',
    '--json',
  ]);
  expect(JSON.parse(checked.stdout).checks.map(({ load }: { load: number }) => load)).toEqual([
    0.3, 0.5, 0.7, 0.85,
  ]);
  expect(await redis.keys('*')).toEqual([]);
}, 120_000);
