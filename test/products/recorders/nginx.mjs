// Decides arrivals with the limit_req of the real nginx, on a set clock: see go/main.go for the protocol. Each arrival is one
// request. The first argument is what follows burst=: nodelay, delay=2, or nothing. A request that is held back says so in the
// log; then the clock goes on by the millisecond, and $msec tells when it was let go.
import { writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { arrivals, folder, freePort, host, request, setClock, start } from './server.mjs';

const [traits, ...numbers] = process.argv.slice(2);
const [limit, periodUs, burst] = numbers.map(Number);
const rows = arrivals();
const port = await freePort();
const file = join(folder, 'nginx.conf');
const bursts = burst > 1 ? `burst=${burst - 1} ${traits}` : '';
writeFileSync(
  file,
  `worker_processes 1; daemon off; master_process off; pid ${folder}/pid; error_log stderr warn;
events { worker_connections 256; }
http { access_log off; keepalive_timeout 1d; keepalive_requests 100000000; limit_req_log_level error;
  limit_req_zone $remote_addr zone=z:1m rate=${limit}r/${periodUs === 1e6 ? 's' : 'm'};
  server { listen ${host}:${port}; add_header Msec $msec;
    location / { limit_req zone=z ${bursts}; empty_gif; }
    location /tick { empty_gif; } } }
`,
);

let nowUs = rows[0][0];
const server = await start('nginx', ['-e', 'stderr', '-c', file, '-p', folder], port, nowUs);
let heldBack = () => {};
server.stderr.on('data', (log) => log.includes('delaying request') && heldBack());
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const tick = () =>
  new Promise((resolve) =>
    get({ host, port, path: '/tick', agent }, (reply) => reply.resume().on('end', resolve)),
  );

let pending = 0;
const decided = [];
for (const [us] of rows) {
  while (pending > 0 && nowUs + 1000 < us) {
    nowUs += 1000;
    setClock(nowUs);
    await tick();
  }
  nowUs = us;
  setClock(us);
  pending++;
  const answer = request(port).then(({ status, headers }) => {
    pending--;
    const delayMs = Math.round(Number(headers.msec) * 1000) - Math.floor(us / 1000);
    return status === 200 ? `1,,,${delayMs * 1000}` : '0,,,0';
  });
  decided.push(answer);
  await Promise.race([
    answer,
    new Promise((resolve) => {
      heldBack = resolve;
    }),
  ]);
}
while (pending > 0) {
  nowUs += 1000;
  setClock(nowUs);
  await tick();
}
process.stdout.write(`${(await Promise.all(decided)).join('\n')}\n`);
process.exit(0);
