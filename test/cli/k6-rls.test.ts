/** Generated tests that ask a rate limit service of Envoy by gRPC, with real k6. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { startRlsTarget } from '../../src/loadtest/testing/rls-target.ts';
import { broken, generate, k6Once, k6Path, runK6 } from '../k6.ts';
import { ratelimit, temporaryFile, temporaryFolder } from './program.ts';

const minutes = 60_000;

beforeAll(() => {
  k6Path();
}, 15 * minutes); // the first time, k6 is built

const limit = ['--limit', '10/1s,burst=6', '--algorithms', 'gcra'];
const traffic = ['steady', '--schedule', 'exact', '--rate', '60/s', '--keys', '4', '--duration', '5s'];
const rls = ['--rls', 'api', '--max-lateness', '300ms'];

test.concurrent('a right service passes, and is recognised', { timeout: 10 * minutes }, async () => {
  const target = await startRlsTarget('gcra', '10/1s,burst=6');
  const folder = await generate([...traffic, ...limit, ...rls]);
  const { summary } = await runK6(folder, { RL_TARGET: target.url }).finally(() => target.close());
  expect({ broken: broken(summary), verdict: summary.verdict }).toEqual({ broken: [], verdict: 'passed' });
  const results = join(folder, 'results.json.gz');
  const imported = JSON.parse((await ratelimit(['k6', 'import', results, '--json'])).stdout);
  expect(imported.results[0]).toMatchObject({ admitted: summary.admitted, rejected: summary.refused });
  const { fits } = JSON.parse((await ratelimit(['fit', results, '--json'])).stdout);
  expect(fits.filter((one: { like_first: boolean }) => one.like_first)).toContainEqual(
    expect.objectContaining({ algorithm: 'gcra' }),
  );
});

test.concurrent('a limit that is doubled fails', { timeout: 10 * minutes }, async () => {
  const target = await startRlsTarget('gcra', '20/1s,burst=12');
  const folder = await generate([...traffic, ...limit, ...rls]);
  const { summary } = await runK6(folder, { RL_TARGET: target.url }).finally(() => target.close());
  expect(summary.verdict).toBe('failed');
  expect(broken(summary)).toContain('ratelimit_admitted');
});

test.concurrent('a service that is not there fails', { timeout: 10 * minutes }, async () => {
  const folder = await generate(['steady', '--rate', '5/s', '--duration', '1s', ...limit, ...rls]);
  const { summary } = await k6Once(folder, { RL_TARGET: 'grpc://127.0.0.1:9' });
  expect(broken(summary)).toContain('ratelimit_unexpected');
});

const peek = temporaryFile('peek.csv', 't_us,key,cost\n0,a,1\n5,a,0\n');

test.each([
  ['a target that speaks HTTP', ['--target', 'http://127.0.0.1/'], /write grpc:\/\/host:port/],
  ['a key in a header', ['--send-key', 'header:X-Api-Key'], /write descriptor:NAME/],
  ['a cost in a header', ['--send-cost', 'header:X-Cost'], /write hits-addend/],
  ['a request that costs nothing', ['--trace', peek, '--send-cost', 'hits-addend'], /some requests cost 0/],
  ['a stack of ratelimit serve', ['--docker-compose'], /does not speak gRPC/],
])('%s is refused', async (_, flags, message) => {
  const args = [
    'k6',
    ...(flags.includes('--trace') ? [] : ['steady']),
    ...limit,
    ...rls,
    ...flags,
    '-o',
    temporaryFolder('none'),
  ];
  const { code, stderr } = await ratelimit(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
