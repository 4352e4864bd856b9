// Decides arrivals with the real limiters of Node.js: see go/main.go for the protocol.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { MemoryStore } from 'express-rate-limit';
import Redis from 'ioredis';
import { RateLimiterMemory } from 'rate-limiter-flexible';

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
  return async (cost) => {
    const told = await limiter.consume('key', cost).catch((refusal) => refusal);
    const allowed = told.consumedPoints <= limit;
    return `${allowed ? 1 : 0},${told.remainingPoints},${allowed ? 0 : told.msBeforeNext * 1000},0`;
  };
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

/** The script of redis_rate, with the server's time as arguments; REDIS_RATE is the folder of its source. */
async function redisRate() {
  const source = readFileSync(`${process.env.REDIS_RATE}/lua.go`, 'utf8');
  const script = source.split('`')[1].replace('redis.call("TIME")', '{ARGV[5], ARGV[6]}');
  const redis = new Redis({ port: 7398 });
  await redis.flushall();
  return async (cost, us) => {
    const time = [Math.floor(us / 1e6), us % 1e6];
    const args = [burst, limit, periodUs / 1e6, cost, ...time];
    const [allowed, remaining, retryS] = await redis.eval(script, 1, 'key', ...args);
    if (allowed > 0) return `1,${remaining},0,0`;
    return `0,,${Math.ceil(Math.trunc(Number(retryS) * 1e9) / 1000)},0`; // its 0 is what is told, not what is left
  };
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
