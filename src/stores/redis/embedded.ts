import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../../errors.ts';

const startsWithinMs = 10_000;

/** A Redis of one's own: on a unix socket in a folder that only this user can enter, and gone with the run. */
export interface EmbeddedRedis {
  readonly socketPath: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts the redis-server that is found on PATH, without persistence; `settings` are added to its command line. Throws
 * ServiceError when there is none, or when it does not come up.
 */
export async function startEmbeddedRedis(settings: readonly string[] = []): Promise<EmbeddedRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'ratelimit-redis-')).catch(({ message }: Error) => {
    throw new ServiceError(
      `redis:embedded has no folder for its socket: ${message}; name one that can be written with TMPDIR`,
    );
  });
  const socketPath = join(folder, 'redis.sock');
  const place = ['--port', '0', '--unixsocket', socketPath, '--dir', folder];
  const inMemory = ['--save', '', '--appendonly', 'no'];
  const server = spawn(
    'redis-server',
    [...place, ...inMemory, ...settings],
    { stdio: 'ignore', detached: true }, // a Ctrl-C is for us: the server is needed for a moment more
  );
  const stop = () => stopServer(server, folder);
  try {
    await untilListening(server, socketPath);
  } catch (error) {
    await stop();
    throw error;
  }
  process.once('exit', () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return { socketPath, pid: server.pid!, stop }; // a server that listens has a pid
}

async function untilListening(server: ChildProcess, socketPath: string): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ServiceError(whyNotStarted(error))));
    server.once('exit', (code) =>
      reject(new ServiceError(`redis-server ended at once, with exit code ${code}`)),
    );
  });
  failed.catch(() => {}); // also when it happens after the server was up
  for (let waitedMs = 0; waitedMs < startsWithinMs; waitedMs += 10) {
    if (await Promise.race([exists(socketPath), failed])) return;
    await sleep(10);
  }
  throw new ServiceError(`redis-server did not come up within ${startsWithinMs / 1000} s`);
}

function whyNotStarted({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ENOENT'
    ? 'redis:embedded needs redis-server on the PATH; install it (Debian: apt-get install redis-server, macOS: brew install redis), or name a server as redis://host:port'
    : `redis-server could not be started: ${message}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function stopServer(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null && server.pid !== undefined) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL'); // nothing of it is to be kept
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}
