/** Memcached and DynamoDB for tests, on free ports of the loopback address. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import createDynalite from 'dynalite';
import { freePort, until } from './redis-server.ts';

export class TestMemcached {
  readonly #server: ChildProcess;

  private constructor(
    readonly port: number,
    settings: readonly string[],
  ) {
    const args = ['-l', '127.0.0.1', '-p', `${port}`, '-u', 'nobody', ...settings];
    this.#server = spawn('memcached', args, { stdio: 'ignore' });
    this.#server.once('error', () => {
      throw new Error('these tests need memcached; install it with: apt-get install memcached');
    });
  }

  static async start(...settings: string[]): Promise<TestMemcached> {
    const server = new TestMemcached(await freePort(), settings);
    await until(async () => (await server.ask('version')).startsWith('VERSION'));
    return server;
  }

  get url(): string {
    return `memcached://127.0.0.1:${this.port}`;
  }

  /** What the server answers to a line of its text protocol. */
  ask(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${line}\r\n`));
      socket.once('error', reject);
      socket.once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString().trim());
      });
    });
  }

  /** Keeps the connections and says nothing any more; settles when its last thread has stopped. */
  async freeze(): Promise<void> {
    const { pid } = this.#server;
    this.#server.kill('SIGSTOP');
    const threads = `/proc/${pid}/task`;
    if (!existsSync(threads)) return; // other systems do not tell
    const isStopped = (thread: string) =>
      /\) [Tt] /.test(readFileSync(join(threads, thread, 'stat'), 'latin1'));
    await until(async () => readdirSync(threads).every(isStopped));
  }

  async stop(): Promise<void> {
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#server.once('exit', resolve));
    this.#server.kill('SIGKILL');
    await ended;
  }
}

/** dynalite, DynamoDB's interface over tables in memory. */
export class TestDynamodb {
  readonly #server = createDynalite({ createTableMs: 0, deleteTableMs: 0 });

  static async start(): Promise<TestDynamodb> {
    const server = new TestDynamodb();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get endpoint(): string {
    const { port } = this.#server.address() as AddressInfo; // it listens on TCP
    return `http://127.0.0.1:${port}`;
  }

  get url(): string {
    return `dynamodb+${this.endpoint}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
