// Decides arrivals with the real limiters of Node.js: see go/main.go for the protocol.
import { openSync, readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { MemoryStore } from 'express-rate-limit';
import Redis from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

const [product, ...numbers] = process.argv.slice(2);
const [limit, periodUs, burst] = numbers.map(Number);
let nowMs = 0;
Date.now = () => nowMs;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [nowMs] : args));
  }
  static now = () => nowMs;
};

async function flexible() {
  const limiter = new RateLimiterMemory({ points: limit, duration: periodUs / 1e6 });
  return async (cost) => spell(await limiter.consume('key', cost).catch((refusal) => refusal));
}

async function express() {
  const store = new MemoryStore();
  store.init({ windowMs: periodUs / 1000 });
  return async (cost) => {
    let hit;
    for (let hits = 0; hits < cost; hits++) hit = await store.increment('key');
    const allowed = hit.totalHits <= limit;
    const told = Math.ceil((hit.resetTime.getTime() - nowMs) / 1000) * 1e6; // what its Retry-After is made of
    return `${allowed ? 1 : 0},${Math.max(limit - hit.totalHits, 0)},${allowed ? 0 : told},0`;
  };
}

async function upstash() {
  const { Ratelimit } = await import(
    product.endsWith('-2.2') ? '@upstash/ratelimit' : process.env.OLD_UPSTASH
  );
  const redis = new Redis({ port: 7398 });
  await redis.flushall();
  const kinds = {
    'upstash-fixed-window': () => Ratelimit.fixedWindow(limit, `${periodUs / 1000} ms`),
    'upstash-sliding-window': () => Ratelimit.slidingWindow(limit, `${periodUs / 1000} ms`),
    'upstash-token-bucket': () => Ratelimit.tokenBucket(limit, `${periodUs / 1000} ms`, burst),
  };
  const client = {
    evalsha: () => Promise.reject(new Error('NOSCRIPT')),
    eval: (script, keys, args) => redis.eval(script.replace(/^#!lua.*/, ''), keys.length, ...keys, ...args),
  };
  const limiter = kinds[product.replace('-2.2', '')]();
  const cache = new Map();
  const ratelimit = new Ratelimit({
    redis: client,
    limiter,
    ephemeralCache: cache,
    timeout: 0,
    enableTelemetry: false,
  });
  return async (cost) => {
    const { success, remaining, reset } = await ratelimit.limit('key', { rate: cost });
    return `${success ? 1 : 0},${remaining},${success ? 0 : Math.max(1, (reset - nowMs) * 1000)},0`;
  };
}

/** A Redis on the clock of clock.c, which CLOCK_FILE names; it starts empty. */
async function redisWithClock() {
  const redis = new Redis({ port: 7396 });
  const clock = openSync(process.env.CLOCK_FILE, 'r+');
  const setClock = (us) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(us));
    writeSync(clock, bytes, 0, 8, 0);
  };
  await redis.flushall();
  return { redis, setClock };
}

/** The script of redis_rate; REDIS_RATE is the folder of its source. */
async function redisRate() {
  const script = readFileSync(`${process.env.REDIS_RATE}/lua.go`, 'utf8').split('`')[1];
  const { redis, setClock } = await redisWithClock();
  return async (cost, us) => {
    setClock(us);
    const [allowed, remaining, retryS] = await redis.eval(
      script,
      1,
      'key',
      burst,
      limit,
      periodUs / 1e6,
      cost,
    );
    if (allowed > 0) return `1,${remaining},0,0`;
    return `0,${remaining},${Math.ceil(Math.trunc(Number(retryS) * 1e9) / 1000)},0`;
  };
}

async function flexibleRedis() {
  const { redis, setClock } = await redisWithClock();
  const limiter = new RateLimiterRedis({ storeClient: redis, points: limit, duration: periodUs / 1e6 });
  return async (cost, us) => {
    setClock(us);
    return spell(await limiter.consume('key', cost).catch((refusal) => refusal));
  };
}

function spell(told) {
  const allowed = told.consumedPoints <= limit;
  const waitUs = allowed ? 0 : Math.max(1, told.msBeforeNext * 1000);
  return `${allowed ? 1 : 0},${told.remainingPoints},${waitUs},0`;
}

/** The script of Spring Cloud Gateway in the same way; SPRING_LUA is the file. For periods of 1 s. */
async function spring() {
  const text = readFileSync(process.env.SPRING_LUA, 'utf8');
  const script = text.replace(/redis\.call\('TIME'\)\[1\]/, 'ARGV[5]');
  const redis = new Redis({ port: 7398 });
  await redis.flushall();
  return async (cost, us) => {
    const now = Math.floor(us / 1e6);
    const [allowed, left] = await redis.eval(script, 2, 'tokens', 'timestamp', limit, burst, now, cost, now);
    return `${allowed ?? 0},${left},,0`;
  };
}

const recorders = {
  'rate-limiter-flexible': flexible,
  'express-rate-limit': express,
  'rate-limiter-flexible-redis': flexibleRedis,
  'redis-rate': redisRate,
  'spring-cloud-gateway': spring,
};
const decide = await (recorders[product] ?? upstash)();
for await (const line of createInterface({ input: process.stdin })) {
  const [us, cost] = line.split(',').map(Number);
  nowMs = Math.floor(us / 1000);
  process.stdout.write(`${await decide(cost, us)}\n`);
}
process.exit(0);
