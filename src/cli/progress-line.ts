import type { OnProgress, Progress } from '../sim/progress.ts';
import { formatCount, formatDuration } from '../units.ts';
import type { Io } from './io.ts';

const everyMsInLog = 10_000;

/** Progress on standard error: one line that is rewritten in a terminal, a line now and then in a log. */
class ProgressLine {
  readonly #stderr: Io['stderr'];
  #loggedMs = 0;

  constructor(stderr: Io['stderr']) {
    this.#stderr = stderr;
  }

  show(progress: Progress): void {
    if (this.#stderr.isTTY) {
      rewrite(this.#stderr, describe(progress));
    } else if (progress.elapsedMs - this.#loggedMs >= everyMsInLog) {
      this.#loggedMs = progress.elapsedMs;
      this.#stderr.write(`${describe(progress)}\n`);
    }
  }

  clear(): void {
    rewrite(this.#stderr, '');
  }
}

/** Does the work with its progress shown, unless it is to be quiet. */
export async function withProgress<T>(
  work: (onProgress: OnProgress) => Promise<T>,
  { quiet }: { readonly quiet?: true },
  { stderr }: Pick<Io, 'stderr'>,
): Promise<T> {
  const line = quiet ? undefined : new ProgressLine(stderr);
  try {
    return await work((now) => line?.show(now));
  } finally {
    line?.clear(); // an error begins a line of its own
  }
}

/** Does work that says in words how it goes; a terminal shows them on one line that is rewritten. */
export async function withWords<T>(
  work: (say: (words: string) => void) => Promise<T>,
  { stderr }: Pick<Io, 'stderr'>,
): Promise<T> {
  try {
    return await work((words) => rewrite(stderr, words));
  } finally {
    rewrite(stderr, '');
  }
}

/** Writes words in place of what stands on the line of a terminal; anywhere else nothing. */
function rewrite(stderr: Io['stderr'], words: string): void {
  if (stderr.isTTY) stderr.write(`\r\x1b[2K${words}`);
}

/** `12.3M of about 100M requests (12 %), 5.1M/s, 17 s left` */
export function describe({ requests, expected, ratePerSecond, part, latency }: Progress): string {
  const rate = `${formatCount(ratePerSecond)}/s${latency ? `, ${latencyWords(latency)}` : ''}`;
  const before = part === undefined ? '' : `${part}: `;
  if (expected === undefined || expected === 0) return `${before}${formatCount(requests)} requests, ${rate}`;
  const share = Math.min(99, Math.floor((requests / expected) * 100));
  const leftUs = ratePerSecond === 0 ? 0 : (Math.max(0, expected - requests) / ratePerSecond) * 1e6;
  return `${before}${formatCount(requests)} of about ${formatCount(expected)} requests (${share} %), ${rate}, ${formatDuration(leftUs)} left`;
}

/** `P50 120 µs, P99 1.4 ms` */
export function latencyWords({ p50Us, p99Us }: NonNullable<Progress['latency']>): string {
  return `P50 ${formatDuration(p50Us)}, P99 ${formatDuration(p99Us)}`;
}
