/** The entry: reads the command line, runs one command, and turns what goes wrong into a message and an exit code. */
import { CommanderError } from 'commander';
import { Interrupted, ServiceError, UsageError } from '../errors.ts';
import { safeText } from '../report/safe-text.ts';
import { wallClockMs } from '../sim/wall-clock.ts';
import { bugText } from './bug.ts';
import { type ExitCode, exitCode, type Io } from './io.ts';
import { createProgram } from './program.ts';
import { standardInput } from './standard-input.ts';

/** A signal that comes again within this time is the same wish, passed on by a wrapper; later, it is impatience. */
const sameWishMs = 500;

async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCode.done;
  const program = createProgram(io, (commandCode) => {
    code = commandCode;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

function report(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage; // it has printed its message
  if (error instanceof Interrupted) return exitCode.interrupted;
  if (error instanceof UsageError || error instanceof ServiceError) {
    io.stderr.write(`ratelimit: ${error.message.split('\n').map(safeText).join('\n')}\n`);
    return error instanceof UsageError ? exitCode.usage : exitCode.service;
  }
  io.stderr.write(bugText(error, io.env));
  return exitCode.bug;
}

/** Aborted by the first SIGINT, SIGTERM or, when the terminal is closed, SIGHUP; a later one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let askedMs: number | undefined;
  const ask = () => {
    askedMs ??= wallClockMs();
    if (controller.signal.aborted && wallClockMs() - askedMs > sameWishMs) process.exit(exitCode.interrupted);
    controller.abort();
  };
  process.on('SIGINT', ask).on('SIGTERM', ask).on('SIGHUP', ask);
  return controller.signal;
}

const readerGone = new AbortController();
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return readerGone.abort();
  process.stderr.write(
    `ratelimit: standard output cannot be written: ${code === 'ENOSPC' ? 'the disk is full' : message}\n`,
  );
  process.exit(exitCode.usage);
});
process.stderr.on('error', () => {}); // messages that nobody reads end nothing
const signal = interruption();
process.exitCode = await main(process.argv.slice(2), {
  stdin: standardInput(),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal,
  readerGone: readerGone.signal,
});
if (signal.aborted || readerGone.signal.aborted) process.exit(); // input that is still open would keep the process waiting
