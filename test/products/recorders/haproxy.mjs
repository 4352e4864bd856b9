// Decides arrivals with the real haproxy, on a set clock: see go/main.go for the protocol. Each arrival is one request.
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { arrivals, folder, freePort, host, request, setClock, start } from './server.mjs';

const [limit, periodUs] = process.argv.slice(2).map(Number);
const rows = arrivals();
const port = await freePort();
const socket = join(folder, 'socket');
const file = join(folder, 'haproxy.cfg');
writeFileSync(
  file,
  `global
  nbthread 1
  stats socket ${socket}
defaults
  mode http
  timeout client 1d
frontend limited
  bind ${host}:${port}
  stick-table type ip size 1k store http_req_rate(${periodUs / 1000}ms)
  http-request return status 204 if { path /tick }
  http-request track-sc0 src
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt ${limit} }
  http-request return status 200
`,
);

let nowUs = rows[0][0] - 60e6;
const startedUs = nowUs;
await start('haproxy', ['-db', '-f', file], port, nowUs);

/** haproxy takes a longer step of its clock than 100 ms for an error. */
async function advance(toUs) {
  while (nowUs < toUs) {
    nowUs = Math.min(toUs, nowUs + 90e3);
    setClock(nowUs);
    await request(port, '/tick');
  }
}

for (const [us] of rows) {
  await advance(us);
  const { status } = await request(port);
  process.stdout.write(`${status === 200 ? 1 : 0},,,0\n`);
}

const control = connect(socket);
control.end('show info\n');
const uptimeS = Number(/^Uptime_sec: (\d+)/m.exec(await text(control))[1]);
const expectedS = Math.floor(nowUs / 1e6) - Math.floor(startedUs / 1e6);
if (Math.abs(uptimeS - expectedS) > 1)
  throw new Error(`haproxy counts ${uptimeS} s, and ${expectedS} s passed`);
process.exit(0);
