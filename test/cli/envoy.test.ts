/** Real Envoy under a generated test by real k6: its local rate limit is recognised for what it is. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freePort, until } from '../../src/stores/testing/redis-server.ts';
import { generate, k6Path, runK6 } from '../k6.ts';

import { ratelimit, temporaryFile } from './program.ts';

function envoyPath(): string {
  return execFileSync('sh', ['test/install-envoy.sh'], { encoding: 'utf8' }).trim();
}

beforeAll(() => {
  k6Path();
  envoyPath();
}, 900_000); // the first time, k6 is built

/** A bucket for each value of X-Api-Key, in front of an answer that Envoy gives by itself. */
function configuration(port: number) {
  const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
  const bucket = { max_tokens: 6, tokens_per_fill: 5, fill_interval: '0.5s' };
  const limit = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
    stat_prefix: 'local',
    token_bucket: { max_tokens: 1e6, tokens_per_fill: 1e6, fill_interval: '1s' }, // of the process; out of the way
    descriptors: [{ entries: [{ key: 'client' }], token_bucket: bucket }],
    rate_limits: [{ actions: [{ request_headers: { header_name: 'x-api-key', descriptor_key: 'client' } }] }],
    filter_enabled: always,
    filter_enforced: always,
    enable_x_ratelimit_headers: 'DRAFT_VERSION_03',
  };
  const manager = {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'http',
    route_config: {
      virtual_hosts: [
        {
          name: 'all',
          domains: ['*'],
          routes: [{ match: { prefix: '/' }, direct_response: { status: 200 } }],
        },
      ],
    },
    http_filters: [
      { name: 'envoy.filters.http.local_ratelimit', typed_config: limit },
      {
        name: 'envoy.filters.http.router',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
      },
    ],
  };
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  const filters = [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }];
  return { static_resources: { listeners: [{ address, filter_chains: [{ filters }] }] } };
}

test('the local rate limit of Envoy refills continuously, whatever its fill_interval', {
  timeout: 900_000,
}, async () => {
  const port = await freePort();
  const file = temporaryFile('envoy.yaml', stringify(configuration(port)));
  const envoy = spawn(envoyPath(), [
    '-c',
    file,
    '--log-level',
    'error',
    '--concurrency',
    '1',
    '--use-dynamic-base-id',
  ]);
  try {
    const url = `http://127.0.0.1:${port}/`;
    await until(async () => (await fetch(url)).ok);
    const flags = ['--headers', 'x-ratelimit', '--max-lateness', '300ms'];
    const traffic = ['steady', '--schedule', 'exact', '--rate', '60/s', '--keys', '4', '--duration', '6s'];
    const limit = ['--limit', '10/1s,burst=6', '--algorithms', 'token-bucket'];
    const run = await runK6(await generate([...traffic, ...limit, ...flags]), { RL_TARGET: url });
    expect(run.summary).toMatchObject({ verdict: 'passed' });
    const { fits } = JSON.parse(
      (await ratelimit(['fit', join(run.folder, 'results.json.gz'), '--json'])).stdout,
    );
    const best = fits.filter((one: { like_first: boolean }) => one.like_first);
    expect(best).toContainEqual(
      expect.objectContaining({ algorithm: 'token-bucket', variant: '', limit: '10/1s,burst=6' }),
    );
    expect(best).not.toContainEqual(expect.objectContaining({ variant: 'refill=interval' }));
    expect(fits[0].explained_ratio).toBeGreaterThan(0.97);
  } finally {
    envoy.kill();
  }
});
