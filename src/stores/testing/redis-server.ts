/** Real servers for tests, on free ports of the loopback address. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';

const installHint =
  'these tests need redis-server; install it with: apt-get install redis-server redis-sentinel';

const run = promisify(execFile);

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class TestRedis {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ratelimit-test-'));
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly settings: readonly string[],
  ) {}

  static async start(...settings: string[]): Promise<TestRedis> {
    const server = new TestRedis(await portWithBus(), settings);
    await server.restart();
    return server;
  }

  /** A sentinel that watches one master; it learns of the replicas within 10 s, its own pace. */
  static async startSentinel(masterPort: number): Promise<TestRedis> {
    const server = new TestRedis(await portWithBus(), []);
    const file = join(server.#folder, 'sentinel.conf');
    const lines = [
      `port ${server.port}`,
      `sentinel monitor main 127.0.0.1 ${masterPort} 1`,
      'sentinel down-after-milliseconds main 500',
      'sentinel failover-timeout main 3000',
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    await server.#spawn('redis-sentinel', [file]);
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    const args = [
      '--port',
      `${this.port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      this.#folder,
      '--save',
      '',
      ...this.settings,
    ];
    await this.#spawn('redis-server', args);
  }

  async #spawn(command: string, args: readonly string[]): Promise<void> {
    this.#process = spawn(command, args, { stdio: 'ignore' });
    const missing = new Promise<never>((_, reject) => {
      this.#process!.once('error', () => reject(new Error(installHint)));
    });
    await Promise.race([untilAnswers(this.port), missing]);
  }

  /** As a crash: SIGTERM would still answer what is under way. */
  async kill(): Promise<void> {
    const { exitCode, signalCode } = this.#process!;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process!.once('exit', resolve));
    this.#process!.kill('SIGKILL');
    await ended;
  }

  /** Keeps the connections and says nothing any more. */
  freeze(): void {
    this.#process!.kill('SIGSTOP');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A cluster of three masters without replicas. */
export async function startCluster(): Promise<TestRedis[]> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  const nodes = await Promise.all([0, 1, 2].map(() => TestRedis.start(...settings)));
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
  execFileSync('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-yes'], { stdio: 'ignore' });
  const [{ port }] = nodes;
  await until(async () => (await ask(port, (redis) => redis.cluster('INFO'))).includes('cluster_state:ok'));
  return nodes;
}

/** Moves so many hash slots of one node with all that is in them to another, as an operator does while both are used. */
export async function moveSlots(from: TestRedis, to: TestRedis, slots: number): Promise<void> {
  const [source, target] = await Promise.all(
    [from, to].map(({ port }) => ask(port, (redis) => redis.cluster('MYID'))),
  );
  const ids = ['--cluster-from', String(source), '--cluster-to', String(target)];
  const host = `127.0.0.1:${from.port}`;
  await run('redis-cli', [
    '--cluster',
    'reshard',
    host,
    ...ids,
    '--cluster-slots',
    `${slots}`,
    '--cluster-yes',
  ]);
}

async function untilAnswers(port: number): Promise<void> {
  await until(() => ask(port, (redis) => redis.ping().then(isAlive, isAlive)));
}

/** A free port that leaves room for a cluster's own port, which is higher by 10000. */
async function portWithBus(): Promise<number> {
  const port = await freePort();
  return port <= 55_535 ? port : portWithBus();
}

/** Also one that wants a password. */
function isAlive(answer: unknown): boolean {
  return /PONG|NOAUTH/.test(String(answer));
}

async function ask<T>(port: number, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ port, lazyConnect: true, enableReadyCheck: false, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

export async function until(condition: () => Promise<boolean>, withinMs = 30_000): Promise<void> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 20) {
    if (await condition().catch(() => false)) return;
    await sleep(20);
  }
  throw new Error(`did not come about within ${withinMs / 1000} s`);
}

/** A master, its replica, and a sentinel that watches them under the name `main`. */
export async function startSentinel(): Promise<{
  master: TestRedis;
  replica: TestRedis;
  sentinel: TestRedis;
}> {
  const master = await TestRedis.start();
  const replica = await TestRedis.start('--replicaof', '127.0.0.1', `${master.port}`);
  const sentinel = await TestRedis.startSentinel(master.port);
  await until(
    async () =>
      ((await ask(sentinel.port, (redis) => redis.call('SENTINEL', 'REPLICAS', 'main'))) as unknown[])
        .length === 1,
  );
  return { master, replica, sentinel };
}
