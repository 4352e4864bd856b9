// What the recorders of servers share: a server on the clock of clock.c (CLOCK_SO names it built), and requests to it.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, writeSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const host = '127.0.0.1';
export const folder = mkdtempSync(join(tmpdir(), 'recorder-'));
const clockFile = join(folder, 'clock');
const clock = openSync(clockFile, 'w+');

/** The arrivals on standard input. */
export function arrivals() {
  const lines = readFileSync(0, 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.split(',').map(Number));
}

export function setClock(us) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(us));
  writeSync(clock, bytes, 0, 8, 0);
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server whose clock stands at `us`, and waits until it listens on `port`. Its messages go to standard error. */
export async function start(command, args, port, us) {
  setClock(us);
  const env = { ...process.env, LD_PRELOAD: process.env.CLOCK_SO, CLOCK_FILE: clockFile };
  const server = spawn(command, args, { env, stdio: ['ignore', 2, 'pipe'] });
  server.stderr.pipe(process.stderr);
  process.on('exit', () => server.kill('SIGKILL'));
  while (!(await listens(port))) if (server.exitCode !== null) throw new Error(`${command} did not start`);
  return server;
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve(socket.end() && true));
    socket.on('error', () => setTimeout(resolve, 20, false));
  });
}

/** One request on a connection of its own. */
export function request(port, path = '/', headers = {}) {
  return new Promise((resolve, reject) => {
    get({ port, host, path, headers, agent: false }, (reply) => {
      reply.resume().on('end', () => resolve({ status: reply.statusCode, headers: reply.headers }));
    }).on('error', reject);
  });
}
