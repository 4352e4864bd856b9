/** The real rate limit service of Envoy, on a real Redis, under generated tests by real k6 over gRPC. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { FitResult } from '../../src/loadtest/fit/result.ts';
import { freePort, TestRedis, until } from '../../src/stores/testing/redis-server.ts';
import { broken, generate, k6Path, runK6 } from '../k6.ts';
import { ratelimit, temporaryFolder } from './program.ts';

const minutes = 60_000;
let redis: TestRedis;
let service: ChildProcess;
let target: string;

/** The domain `api` with the limit that tests expect, and `doubled` with twice as much. */
function configured(): string {
  const folder = temporaryFolder('envoy-ratelimit');
  const config = join(folder, 'ratelimit', 'config');
  mkdirSync(config, { recursive: true });
  for (const [domain, limit] of [
    ['api', 10],
    ['doubled', 20],
  ] as const) {
    const descriptors = [{ key: 'user_id', rate_limit: { unit: 'second', requests_per_unit: limit } }];
    writeFileSync(join(config, `${domain}.yaml`), stringify({ domain, descriptors }));
  }
  return folder;
}

beforeAll(async () => {
  k6Path();
  const program = execFileSync('sh', ['test/install-envoy-ratelimit.sh'], { encoding: 'utf8' }).trim();
  redis = await TestRedis.start();
  const [http, grpc, debug] = [await freePort(), await freePort(), await freePort()];
  target = `grpc://127.0.0.1:${grpc}`;
  const loopback = { HOST: '127.0.0.1', GRPC_HOST: '127.0.0.1', DEBUG_HOST: '127.0.0.1' };
  service = spawn(program, {
    stdio: 'ignore',
    env: {
      ...loopback,
      PORT: `${http}`,
      GRPC_PORT: `${grpc}`,
      DEBUG_PORT: `${debug}`,
      REDIS_SOCKET_TYPE: 'tcp',
      REDIS_URL: `127.0.0.1:${redis.port}`,
      RUNTIME_ROOT: configured(),
      RUNTIME_SUBDIRECTORY: 'ratelimit',
      RUNTIME_WATCH_ROOT: 'false',
      USE_STATSD: 'false',
    },
  });
  await until(async () => (await fetch(`http://127.0.0.1:${http}/healthcheck`)).ok);
}, 15 * minutes); // the first time, k6 and the service are built

afterAll(async () => {
  service?.kill();
  await redis?.stop();
});

/** A test that expects 10/1s of the service, and what it found in that domain. */
async function asked(domain: string) {
  const traffic = ['steady', '--schedule', 'exact', '--rate', '60/s', '--keys', '4', '--duration', '6s'];
  const promised = ['--limit', '10/1s', '--algorithms', 'fixed-window', '--max-lateness', '300ms'];
  const rls = ['--rls', domain, '--send-key', 'descriptor:user_id'];
  return runK6(await generate([...traffic, ...promised, ...rls]), { RL_TARGET: target });
}

test.concurrent('the right limit passes, and is recognised', { timeout: 10 * minutes }, async () => {
  const { summary, folder } = await asked('api');
  expect({ broken: broken(summary), verdict: summary.verdict }).toEqual({ broken: [], verdict: 'passed' });
  const { stdout } = await ratelimit(['fit', join(folder, 'results.json.gz'), '--json']);
  const { fits }: FitResult = JSON.parse(stdout);
  expect(fits[0]).toMatchObject({
    algorithm: 'fixed-window',
    variant: '',
    limit: '10/1s',
    window_phase_us: 0,
  });
  expect(fits[0].explained_ratio).toBeGreaterThan(0.97);
});

test.concurrent('twice the limit fails', { timeout: 10 * minutes }, async () => {
  const { summary } = await asked('doubled');
  expect(summary.verdict).toBe('failed');
  expect(broken(summary)).toEqual(expect.arrayContaining(['ratelimit_in_window', 'ratelimit_header_errors']));
});
