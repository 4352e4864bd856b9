// Decides arrivals with the real redis-cell in a Redis on a set clock: see go/main.go for the protocol.
// REDIS_CELL is the module: cargo build --release in a copy of brandur/redis-cell, then target/release/libredis_cell.so.
import Redis from 'ioredis';
import { arrivals, folder, freePort, setClock, start } from './server.mjs';

const [limit, periodUs, burst] = process.argv.slice(2).map(Number);
const rows = arrivals();
const port = await freePort();
const options = ['--port', port, '--dir', folder, '--save', '', '--loadmodule', process.env.REDIS_CELL];
await start('redis-server', options.map(String), port, rows[0][0]);
const redis = new Redis({ port });
for (const [us, cost] of rows) {
  setClock(us);
  const [limited, , left, retryS] = await redis.call(
    'CL.THROTTLE',
    'key',
    burst - 1,
    limit,
    periodUs / 1e6,
    cost,
  );
  const told = retryS === -1 ? -1 : Math.max(1, retryS * 1e6);
  process.stdout.write(`${1 - limited},${left},${limited ? told : 0},0\n`);
}
process.exit(0);
