/**
 * What each naive recipe admits under a limit of 100, by the number of clients that ask for one key at the same time: each
 * on a connection of its own, one request after another, 10,000 in all. Beside them the atomic script.
 */
import { Redis } from 'ioredis';
import type { Algorithm } from '../src/algorithms/algorithm.ts';
import { algorithms } from '../src/algorithms/index.ts';
import { type ScriptReply, scriptOfLimit } from '../src/algorithms/redis/redis.ts';
import { quota } from '../src/algorithms/testing/limiters.ts';
import { wallClockMs } from '../src/sim/wall-clock.ts';
import { startEmbeddedRedis } from '../src/stores/redis/embedded.ts';
import { runNaive } from '../src/stores/redis/naive-runner.ts';

const requests = 10_000;
const clients = [1, 2, 8, 32];
const limit = quota('100/1h');
const context = { epochUs: 0 };
const keepMs = 3_600_000;
const durationUs = 3600e6;

type Decide = (redis: Redis, key: string, id: string, nowUs: number) => Promise<boolean>;

const server = await startEmbeddedRedis();
const connections = Array.from({ length: Math.max(...clients) }, () => new Redis(server.socketPath));
const startedMs = wallClockMs();
let keys = 0;

async function admitted(decide: Decide, connections: readonly Redis[]): Promise<number> {
  const key = `naive:{${keys++}}`;
  let asked = 0;
  let admitted = 0;
  await Promise.all(
    connections.map(async (redis) => {
      while (asked < requests) {
        const nowUs = Math.floor((wallClockMs() - startedMs) * 1000);
        if (await decide(redis, key, String(asked++), nowUs)) admitted++;
      }
    }),
  );
  return admitted;
}

async function print(name: string, decide: Decide): Promise<void> {
  process.stdout.write(name.padEnd(44));
  for (const count of clients) {
    const figure = await admitted(decide, connections.slice(0, count));
    process.stdout.write(String(figure).padStart(8));
  }
  process.stdout.write('\n');
}

async function atomic({ params, redis: twin }: Algorithm): Promise<Decide> {
  const defaults = params.parse({});
  const terms = { isServerTime: false, speed: 1, keepMs };
  const script = scriptOfLimit(twin!.lua(defaults), twin!.settings(limit, defaults, context), terms);
  const sha = String(await connections[0].script('LOAD', script));
  return async (redis, key, _, nowUs) => {
    const reply = (await redis.evalsha(sha, 1, key, nowUs, 1, durationUs)) as ScriptReply; // what answer.lua returns
    return typeof reply === 'number' || reply[0] >= 0;
  };
}

process.stdout.write(`${'admitted of 10,000, limit 100; clients:'.padEnd(44)}`);
process.stdout.write(`${clients.map((count) => String(count).padStart(8)).join('')}\n`);
for (const algorithm of algorithms) {
  await print(`${algorithm.name} atomic`, await atomic(algorithm));
  for (const [access, { sequence }] of Object.entries(algorithm.redis!.naive)) {
    await print(`${algorithm.name} ${access}`, async (redis, key, id, nowUs) => {
      const request = { key, id, nowUs, cost: 1, durationUs, keepMs };
      return (await runNaive(redis, sequence, request, limit, context)).allowed;
    });
  }
}
for (const connection of connections) connection.disconnect();
await server.stop();
