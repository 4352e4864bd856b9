// Decides arrivals with the real nginx, on the clock of clock.c (CLOCK_SO names it built): see go/main.go for the protocol.
// Each arrival is one request, whatever its cost. Needs port 7397.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [limit, periodUs, burst] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
const clock = join(folder, 'clock');
const unit = periodUs === 1e6 ? 's' : 'm';
const config = `worker_processes 1; daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http { access_log off; limit_req_zone $host zone=z:1m rate=${limit}r/${unit};
  server { listen 127.0.0.1:7397;
    location / { limit_req zone=z ${burst > 1 ? `burst=${burst - 1}` : ''} nodelay; empty_gif; } } }`;
const shared = openSync(clock, 'w+');

function setClock(us) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(us));
  writeSync(shared, bytes, 0, 8, 0);
}

function status() {
  return new Promise((resolve, reject) => {
    get({ port: 7397, host: '127.0.0.1', agent: false }, (reply) => {
      reply.resume();
      reply.on('end', () => resolve(reply.statusCode));
    }).on('error', reject);
  });
}

const lines = readFileSync(0, 'utf8').trimEnd().split('\n');
setClock(Number(lines[0].split(',')[0]) - 60e6);
const file = join(folder, 'nginx.conf');
writeFileSync(file, config);
const server = spawn('nginx', ['-c', file, '-p', folder], {
  env: {
    ...process.env,
    LD_PRELOAD: process.env.CLOCK_SO,
    CLOCK_FILE: clock,
  },
});
const listening = async () => {
  for (;;) {
    const up = await new Promise((resolve) =>
      get({ port: 7397, host: '127.0.0.1', path: '/', headers: { host: 'warm-up' }, agent: false }, (reply) =>
        reply.resume().on('end', () => resolve(true)),
      ).on('error', () => resolve(false)),
    );
    if (up) return;
  }
};
await listening();
for (const line of lines) {
  setClock(Number(line.split(',')[0]));
  process.stdout.write(`${(await status()) === 200 ? 1 : 0},,,0\n`);
}
server.kill();
