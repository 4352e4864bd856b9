import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { freePort, until } from '../../src/stores/testing/redis-server.ts';
import { exported } from './exported.ts';

test('a server starts with the redis.conf of a plan and has its settings', async () => {
  const text = await exported('redis.conf', '--rps', '20k', '--algorithm', 'gcra');
  const folder = mkdtempSync(join(tmpdir(), 'ratelimit-test-'));
  const file = join(folder, 'redis.conf');
  writeFileSync(file, text);
  const port = await freePort();
  const server = spawn('redis-server', [file, '--port', `${port}`, '--dir', folder], { stdio: 'ignore' });
  const redis = new Redis({ port, retryStrategy: () => 50, maxRetriesPerRequest: null });
  redis.on('error', () => {});
  try {
    await until(async () => (await redis.ping()) === 'PONG');
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    const [, bytes] = (await redis.config('GET', 'maxmemory')) as string[]; // name and value
    expect(text).toContain(`\nmaxmemory ${bytes}\n`);
    expect(Number(bytes)).toBeLessThan(13.07 * 2 ** 30 * 0.8);
  } finally {
    redis.disconnect();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
