/** Real nginx under a generated test by real k6: its limit_req is recognised for what it is. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, until } from '../../src/stores/testing/redis-server.ts';
import { generate, k6Path, runK6 } from '../k6.ts';
import { tool } from '../tool.ts';
import { ratelimit, temporaryFolder } from './program.ts';

function configured(port: number): string {
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
    location / { limit_req zone=keys burst=5 nodelay; root ${folder}; try_files /ok =404; }
  }
}
`;
  writeFileSync(join(folder, 'nginx.conf'), text);
  return folder;
}

test('nginx rate=10r/s burst=5 is a bucket of six', { timeout: 900_000 }, async () => {
  k6Path();
  const port = await freePort();
  const folder = configured(port);
  const nginx = spawn(tool(['nginx', '../sbin/nginx'], 'nginx-light'), ['-p', folder, '-c', 'nginx.conf']);
  try {
    const url = `http://127.0.0.1:${port}/`;
    await until(async () => (await fetch(url, { headers: { 'X-Api-Key': 'ready?' } })).ok);
    const flags = ['--headers', 'none', '--refused-status', '503', '--max-lateness', '300ms'];
    const traffic = ['steady', '--schedule', 'exact', '--rate', '60/s', '--keys', '4', '--duration', '6s'];
    const limit = ['--limit', '10/1s,burst=6', '--algorithms', 'leaky-bucket'];
    const run = await runK6(await generate([...traffic, ...limit, ...flags]), { RL_TARGET: url });
    expect(run.summary.verdict).toBe('passed');
    const results = join(run.folder, 'results.json.gz');
    const { fits } = JSON.parse(
      (await ratelimit(['fit', results, '--refused-status', '503', '--json'])).stdout,
    );
    const best = fits.filter((one: { like_first: boolean }) => one.like_first);
    expect(best).toContainEqual(
      expect.objectContaining({ algorithm: 'leaky-bucket', limit: '10/1s,burst=6' }),
    );
    expect(fits[0].explained_ratio).toBeGreaterThan(0.97);
  } finally {
    nginx.kill();
  }
});
