/** The entry: reads the command line, runs one command, and turns what goes wrong into a message and an exit code. */
import { CommanderError } from 'commander';
import { ServiceError, UsageError } from '../errors.ts';
import { type ExitCode, exitCode, type Io } from './io.ts';
import { createProgram } from './program.ts';

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
  if (error instanceof UsageError || error instanceof ServiceError) {
    io.stderr.write(`ratelimit: ${error.message}\n`);
    return error instanceof UsageError ? exitCode.usage : exitCode.service;
  }
  const detail = io.env.RATELIMIT_DEBUG ? (error as Error).stack : `${error}`; // only Errors are thrown
  io.stderr.write(
    `ratelimit: this is a bug in ratelimit, please report it: ${detail}\n(RATELIMIT_DEBUG=1 shows where)\n`,
  );
  return exitCode.bug;
}

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.done); // the reader has seen enough
  throw error;
});
process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
});
