/** `ratelimit serve` under real k6: `ratelimit fit` tells from its answers which algorithm decided, and with which limit. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import type { FitResult, FittedLimiter } from '../../src/loadtest/fit/result.ts';
import { stream } from '../../src/traffic/random.ts';
import { k6Path, k6Script } from '../k6.ts';
import { ratelimit, temporaryFile } from './program.ts';
import { TestService } from './service.ts';

/** What serves, and what its decisions look like: all algorithms, but a limit of concurrency, because serve has none. */
const served = [
  ['fixed-window', '10/5s', 'fixed-window 10/5s'],
  ['fixed-window:align=first', '10/5s', 'fixed-window from first request 10/5s'],
  ['sliding-window-log', '12/5s', 'sliding-window-log 12/5s'],
  ['sliding-window-log:count_rejected=true', '25/5s', 'sliding-window-log count_rejected=true 25/5s'],
  ['sliding-window-counter', '15/5s', 'sliding-window-counter 15/5s'],
  ['sliding-window-counter:sub_windows=10', '12/5s', 'sliding-window-counter 10 sub-windows 12/5s'],
  ['token-bucket', '2/1s,burst=6', 'token-bucket 2/1s,burst=6'],
  ['token-bucket:refill=interval', '5/2s', 'token-bucket interval refill 5/2s'],
  ['token-bucket:initial=0', '2/1s,burst=5', 'token-bucket initial=0 2/1s,burst=5'],
  ['leaky-bucket', '1/1s,burst=4', 'leaky-bucket 1/1s,burst=4'],
  ['leaky-bucket-queue', '2/1s,burst=5', 'leaky-bucket-queue 2/1s,burst=5'],
  ['gcra', '3/1s,burst=2', 'gcra 3/1s,burst=2'],
] as const;

const mostTries = 4;
const durationMs = 24_000;
let folder = '';

function serving(algorithm: string, limit: string): Promise<TestService> {
  const [name, ...params] = algorithm.split(':');
  return TestService.start([
    ...['--algorithm', name, '--limit', limit, '--key', 'header:x-api-key'],
    ...params.flatMap((param) => ['--param', param]),
  ]);
}

/**
 * Three clients of each service that burst and pause, each by itself: that tells windows from buckets. After some pauses a
 * bucket that is filled once a period, or begins empty, has been forgotten and begins anew.
 */
function burstsAndPauses(): [dueMs: number, target: number, key: string][] {
  const draw = stream(1, 'serve-fit');
  const clients = served.flatMap((_, target) => ['ann', 'bob', 'zoe'].map((key) => ({ target, key })));
  const requests = clients.flatMap(({ target, key }) => {
    const ofClient: [number, number, string][] = [];
    for (let dueMs = draw() * 1000; dueMs < durationMs; ) {
      ofClient.push([dueMs, target, key]);
      dueMs += draw() < 0.04 ? 2000 + 2500 * draw() : -Math.log(1 - draw()) * 120;
    }
    return ofClient;
  });
  return requests.sort(([a], [b]) => a - b);
}

beforeAll(async () => {
  k6Path(); // the first time, k6 is built
  const plan = temporaryFile('plan.json', '');
  folder = dirname(plan);
  for (let tries = 1; tries <= mostTries; tries++) {
    const services = await Promise.all(served.map(([algorithm, limit]) => serving(algorithm, limit)));
    const urls = services.map(({ url }) => `${url}/`);
    writeFileSync(plan, JSON.stringify({ urls, requests: burstsAndPauses() }));
    const { code, stderr } = await k6Script(resolve('test/k6/many-targets.js'), folder, { RL_PLAN: plan });
    await Promise.all(services.map((service) => service.stop()));
    if (code === 0) return;
    if (code !== 99) throw new Error(stderr);
  }
  throw new Error(`answers took too long ${mostTries} times: this machine is too busy for the test`);
}, 900_000);

const spelled = ({ algorithm, variant, limit }: FittedLimiter) =>
  [algorithm, variant, limit].filter((word) => word !== '').join(' ');

/** The samples of one service. */
function recorded(target: number): string {
  const lines = gunzipSync(readFileSync(join(folder, 'results.json.gz')))
    .toString()
    .split('\n');
  return lines.filter((line) => line.includes(`"target":"${target}"`)).join('\n');
}

test.concurrent.each(served.map((each, target) => [...each, target] as const))(
  '%s at %s is recognised as %s',
  async (_algorithm, _limit, expected, target) => {
    const file = temporaryFile('results.json', recorded(target));
    const { stdout } = await ratelimit(['fit', file, '--json']);
    const { fits }: FitResult = JSON.parse(stdout);
    expect(fits.filter((one) => one.like_first).map(spelled)).toContain(expected);
    expect(fits[0].explained_ratio).toBeGreaterThan(0.9);
  },
);
