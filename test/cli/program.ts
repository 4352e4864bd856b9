import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the real program; its standard input stays open. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; finished: Promise<Finished> } {
  const child = spawn('bin/ratelimit', args, { env: { ...process.env, CI: 'true', ...env } });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {}); // a program that refuses its flags does not read
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
  return { child, finished };
}

/** Runs the real program to its end. */
export function ratelimit(
  args: readonly string[],
  input: string | Buffer = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const { child, finished } = start(args, env);
  child.stdin?.end(input);
  return finished;
}

/** A file in a folder of its own. */
export function temporaryFile(name: string, content: string | Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'ratelimit-')), name);
  writeFileSync(file, content);
  return file;
}

/** A folder in a folder of its own. */
export function temporaryFolder(name: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'ratelimit-')), name);
  mkdirSync(folder);
  return folder;
}
