import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** Everything that a command touches of the process, so that tests can hand it something else. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user asks the program to stop. */
  readonly signal: AbortSignal;
  /** Aborted when nobody reads standard output any more, as behind `| head`: not a reason to leave a file unwritten. */
  readonly readerGone: AbortSignal;
}

/** What a process ends with. One list, for all commands. */
export const exitCode = {
  done: 0,
  checkFailed: 1,
  usage: 2,
  service: 3,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Writes all of `text`, waiting when the reader is slow; one that has gone misses the rest. */
export async function write(stream: Writable, text: string | Uint8Array): Promise<void> {
  if (stream.destroyed || stream.write(text)) return;
  await once(stream, 'drain').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
