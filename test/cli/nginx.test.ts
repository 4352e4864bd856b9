/** Real nginx under a generated test by real k6: its limit_req is recognised for what it is. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { FitResult, FittedLimiter } from '../../src/loadtest/fit/result.ts';
import { freePort, until } from '../../src/stores/testing/redis-server.ts';
import { generate, k6Path, runK6 } from '../k6.ts';
import { tool } from '../tool.ts';
import { ratelimit, temporaryFolder } from './program.ts';

function configured(port: number, limit: string): string {
  const folder = temporaryFolder('nginx');
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'ok'), 'ok\n');
  const text = `daemon off; master_process off; pid nginx.pid; error_log logs/error.log;
events {}
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  limit_req_zone $http_x_api_key zone=keys:1m rate=10r/s;
  server {
    listen 127.0.0.1:${port};
    location / { limit_req zone=keys ${limit}; root ${folder}; try_files /ok =404; }
  }
}
`;
  writeFileSync(join(folder, 'nginx.conf'), text);
  return folder;
}

/** What fit says of an nginx with that limit_req, and 10 requests a second for each key. */
async function fitted(limit: string, algorithm: string): Promise<FitResult> {
  const port = await freePort();
  const folder = configured(port, limit);
  const nginx = spawn(tool(['nginx', '../sbin/nginx'], 'nginx-light'), ['-p', folder, '-c', 'nginx.conf']);
  try {
    const url = `http://127.0.0.1:${port}/`;
    await until(async () => (await fetch(url, { headers: { 'X-Api-Key': 'ready?' } })).ok);
    const flags = ['--headers', 'none', '--refused-status', '503', '--max-lateness', '300ms'];
    const traffic = ['steady', '--schedule', 'exact', '--rate', '60/s', '--keys', '4', '--duration', '6s'];
    const promised = ['--limit', '10/1s,burst=6', '--algorithms', algorithm];
    const run = await runK6(await generate([...traffic, ...promised, ...flags]), { RL_TARGET: url });
    expect(run.summary.verdict).toBe('passed');
    const results = join(run.folder, 'results.json.gz');
    const { stdout } = await ratelimit(['fit', results, '--refused-status', '503', '--json']);
    return JSON.parse(stdout);
  } finally {
    nginx.kill();
  }
}

beforeAll(() => {
  k6Path(); // the first time, k6 is built
}, 900_000);

const explainsMost = ({ fits }: FitResult): FittedLimiter[] => fits.filter((one) => one.like_first);

test('nginx rate=10r/s burst=5 nodelay is a bucket of six', { timeout: 600_000 }, async () => {
  const result = await fitted('burst=5 nodelay', 'leaky-bucket');
  expect(explainsMost(result)).toContainEqual(
    expect.objectContaining({ algorithm: 'leaky-bucket', limit: '10/1s,burst=6' }),
  );
  expect(result.fits[0].explained_ratio).toBeGreaterThan(0.97);
});

test.each([
  ['burst=5', ''],
  ['burst=5 delay=2', 'delay=2'],
])('nginx rate=10r/s %s is a queue with six places', { timeout: 600_000 }, async (limit, variant) => {
  const result = await fitted(limit, 'leaky-bucket-queue');
  expect(explainsMost(result)).toMatchObject([
    { algorithm: 'leaky-bucket-queue', variant, limit: '10/1s,burst=6' },
  ]);
  expect(result.fits[0].explained_ratio).toBeGreaterThan(0.95);
  expect(result.fits[0].answers_uneven_us).toBeLessThan(result.recording.answers_uneven_us! / 2);
});
