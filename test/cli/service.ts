import type { ChildProcess } from 'node:child_process';
import { type Finished, start } from './program.ts';

/** What the service answers to a request that it decided about. */
export interface Decision {
  readonly allowed: boolean;
  readonly remaining?: number;
  readonly retry_after_us: number;
  readonly delay_us: number;
  readonly store_error?: string;
}

export async function decisionIn(answer: Response): Promise<Decision> {
  return (await answer.json()) as Decision; // what docs/serve.md promises; the tests look at the fields
}

/** A real `ratelimit serve` on a free port. */
export class TestService {
  private constructor(
    readonly url: string,
    readonly child: ChildProcess,
    readonly finished: Promise<Finished>,
  ) {}

  /** `flags` come after `--port 0`. Rejects with what the program said when it does not serve. */
  static async start(
    flags: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<TestService> {
    const { child, finished } = start(['serve', '--port', '0', ...flags], env);
    let said = '';
    const listens = new Promise<string>((resolve) => {
      child.stderr!.on('data', (chunk: Buffer) => {
        said += chunk;
        const url = /^ratelimit: listening on (\S+)$/m.exec(said)?.[1];
        if (url) resolve(url);
      });
    });
    const ended = finished.then(({ code, stderr }): never => {
      throw new Error(`serve ended with ${code}: ${stderr}`);
    });
    const url = await Promise.race([listens, ended]);
    ended.catch(() => {}); // later it is meant to end
    return new TestService(url, child, finished);
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers });
  }

  /** POST /check. */
  check(body: unknown): Promise<Response> {
    return fetch(`${this.url}/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** What /metrics says of one series, such as `rate_limiter_redis_errors_total`. */
  async metric(series: string): Promise<number | undefined> {
    const text = await (await this.get('/metrics')).text();
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length));
  }

  /** Asks it to stop, and says how it ended. */
  stop(): Promise<Finished> {
    this.child.kill('SIGTERM');
    return this.finished;
  }
}
