/**
 * On a real Redis, in the same run: the rate of whole comparisons in logical time beside redis-benchmark with the same
 * script, and the server's CPU for a decision beside two libraries that are used with Redis.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { median } from 'simple-statistics';
import type { Algorithm } from '../src/algorithms/algorithm.ts';
import { algorithms } from '../src/algorithms/index.ts';
import { scriptOfLimit } from '../src/algorithms/redis/redis.ts';
import { compareOnStore } from '../src/sim/live/compare-on-store.ts';
import { parseRules } from '../src/sim/rule.ts';
import { scenarioSchema } from '../src/sim/scenario.ts';
import { parseSelections, validParams } from '../src/sim/selection.ts';
import { wallClockMs } from '../src/sim/wall-clock.ts';
import { openStore } from '../src/stores/index.ts';
import { startEmbeddedRedis } from '../src/stores/redis/embedded.ts';

const decisions = 100_000;
const keys = 10_000;
const rounds = 7;
const limit = '100/1m';
const [{ quota }] = parseRules(limit);

const server = await startEmbeddedRedis();
const redis = new Redis(server.socketPath);

function print(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(52)} ${value.toFixed(2).padStart(9)} ${unit}\n`);
}

/** Our decisions a second in a whole comparison, with its traffic and meters. */
async function ourRate(algorithm: string): Promise<number> {
  const prefix = 'ratelimit:bench:';
  const store = await openStore(`unix://${server.socketPath}`, {
    prefix,
    timeoutMs: 5000,
    connections: 1,
    env: {},
  });
  const scenario = scenarioSchema.parse({
    limit,
    duration: '10s',
    streams: [
      {
        arrivals: { model: 'poisson', rate: `${decisions / 10}/s` },
        keys: { model: 'uniform', count: keys },
      },
    ],
  });
  const { results } = await compareOnStore(
    { name: 'bench', scenario },
    { algorithms: parseSelections(algorithm) },
    {
      version: '0',
      store,
      prefix,
      live: {
        clock: { kind: 'logical' },
        inFlight: 1024,
        connections: 1,
        onStoreError: 'closed',
        awaitStoreMs: 0,
      },
      signal: new AbortController().signal,
      onProgress: () => {},
    },
  );
  await store.close();
  return results[0].throughput.decisions_per_s;
}

/** The same script and arguments from redis-benchmark, 50 connections with 16 commands each. */
async function benchmarkRate(name: string): Promise<number> {
  const algorithm = algorithms.find((known) => known.name === name)!; // named below
  const sha = String(await redis.script('LOAD', scriptOf(algorithm, {}, false)));
  const args = ['1000000000000000', '1', '0']; // as a request that brings its time
  const flags = ['-s', server.socketPath, '-n', String(decisions), '-P', '16', '-r', String(keys), '--csv'];
  const out = execFileSync('redis-benchmark', [
    ...flags,
    'EVALSHA',
    sha,
    '1',
    'ratelimit:bench:0:{__rand_int__}',
    ...args,
  ]);
  await redis.flushall();
  return Number(/"([\d.]+)"/g.exec(out.toString().split('\n')[1].split(',')[1])![1]);
}

/** Microseconds of the server's CPU a decision, by its own counters. */
async function cpuOf(decide: (key: string) => Promise<unknown>): Promise<number> {
  await redis.flushall();
  for (let at = 0; at < 1000; at++) await decide(`warm-${at}`);
  await redis.config('RESETSTAT');
  for (let at = 0; at < decisions; at += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, next) => decide(`key-${((at + next) * 7919) % keys}`)));
  }
  const info = await redis.info('commandstats');
  const [, us] = /cmdstat_evalsha:calls=\d+,usec=(\d+)/.exec(info)!; // every peer uses scripts
  return Number(us) / decisions;
}

function scriptOf(algorithm: Algorithm, chosen: Record<string, unknown>, isServerTime: boolean): string {
  const params = validParams(algorithm, chosen);
  const settings = algorithm.redis!.settings(quota, params, { epochUs: 0 }); // named below
  return scriptOfLimit(algorithm.redis!.lua(params), settings, { isServerTime, speed: 1, keepMs: 0 });
}

type Decide = (key: string) => Promise<unknown>;

/** With the time that the request brings, as the others do, and with the server's. */
function ours(name: string, chosen: Record<string, unknown> = {}): Record<string, Decide> {
  return {
    ratelimit: oursBy(name, chosen, () => Math.floor(wallClockMs() * 1e3)),
    "ratelimit, server's time": oursBy(name, chosen),
  };
}

function oursBy(name: string, chosen: Record<string, unknown>, nowUs?: () => number): Decide {
  const algorithm = algorithms.find((known) => known.name === name)!; // named below
  const command = `${name}-${JSON.stringify(chosen)}-${nowUs ? 'client' : 'server'}`;
  redis.defineCommand(command, { lua: scriptOf(algorithm, chosen, !nowUs), numberOfKeys: 1 });
  const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>; // just added
  return (key) => commands[command](key, nowUs?.() ?? 0, 1, 0);
}

/**
 * Upstash's library speaks HTTP; its scripts are sent over the same connection instead, without their first line, a flag
 * that only Upstash's server knows.
 */
function upstash(limiter: ConstructorParameters<typeof Ratelimit>[0]['limiter']): Decide {
  const shas = new Map<string, string>();
  const client = {
    evalsha: (sha: string, names: string[], args: unknown[]) => {
      const own = shas.get(sha);
      if (own === undefined) return Promise.reject(new Error('NOSCRIPT'));
      return redis.evalsha(own, names.length, ...names, ...args.map(String));
    },
    eval: async (text: string, names: string[], args: unknown[]) => {
      const plain = text.replace(/^#!.*\n/, '');
      const sha = String(await redis.script('LOAD', plain));
      shas.set(createHash('sha1').update(text).digest('hex'), sha);
      return redis.evalsha(sha, names.length, ...names, ...args.map(String));
    },
  };
  const settings = { redis: client as never, limiter, ephemeralCache: false as const, analytics: false }; // what it calls of a client
  const ratelimit = new Ratelimit(settings);
  return (key) => ratelimit.limit(key);
}

const flexible = new RateLimiterRedis({
  storeClient: redis,
  points: 100,
  duration: 60,
  useRedisPackage: false,
});
const pairs: [string, Record<string, Decide>][] = [
  [
    'fixed window, counting refused requests',
    {
      ...ours('fixed-window', { count_rejected: true }),
      'rate-limiter-flexible': (key) => flexible.consume(key).catch(() => {}),
      upstash: upstash(Ratelimit.fixedWindow(100, '60 s')),
    },
  ],
  [
    'sliding window counter',
    { ...ours('sliding-window-counter'), upstash: upstash(Ratelimit.slidingWindow(100, '60 s')) },
  ],
  [
    'token bucket, interval refill',
    {
      ...ours('token-bucket', { refill: 'interval' }),
      upstash: upstash(Ratelimit.tokenBucket(100, '60 s', 100)),
    },
  ],
];

for (const name of ['gcra', 'token-bucket', 'fixed-window']) {
  const measured: { ours: number; benchmark: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    measured.push({ ours: await ourRate(name), benchmark: await benchmarkRate(name) });
  }
  const best = (side: 'ours' | 'benchmark') => Math.max(...measured.map((rates) => rates[side]));
  const ratios = measured.map(({ ours, benchmark }) => ours / benchmark);
  print(`${name}: compare --store, logical time`, best('ours') / 1e3, 'k/s');
  print(`${name}: redis-benchmark -P 16, the same script`, best('benchmark') / 1e3, 'k/s');
  print(`${name}: ratio, of the rounds' the middle one`, median(ratios), '');
}
for (const [what, peers] of pairs) {
  const least = new Map(Object.keys(peers).map((peer) => [peer, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++) {
    for (const [peer, decide] of Object.entries(peers)) {
      least.set(peer, Math.min(least.get(peer)!, await cpuOf(decide))); // side by side, since the machine is shared
    }
  }
  for (const [peer, us] of least) print(`${what}: ${peer}`, us, 'µs of server CPU');
}
redis.disconnect();
await server.stop();
process.exit(0);
