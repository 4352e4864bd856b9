import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Reporter } from '../report/index.ts';
import type { RunResult } from '../sim/result.ts';

export interface OutputFile {
  write(result: RunResult): Promise<void>;
}

/**
 * Opens the files that a run will be written to, before it starts. Each is written beside its place and then moved
 * there, so that a reader finds the old file or the whole new one. Throws UsageError, which names the flag that the paths
 * came from, for a place that cannot be written.
 */
export async function openOutputs(
  paths: readonly string[],
  reporterFor: (path: string) => Reporter,
  flag = '--output',
): Promise<OutputFile[]> {
  const reporters = paths.map((path) => reporterFor(path));
  const places = await Promise.all(paths.map((path) => placeOf(path, flag)));
  const twice = places.find((place, at) => places.indexOf(place) !== at);
  if (twice !== undefined) throw new UsageError(`${flag} ${twice}: named twice`);
  return Promise.all(places.map((place, at) => openOutput(place, reporters[at], flag)));
}

/** Throws UsageError where what is written would take the place of what is read, for which there may be no other copy. */
export async function refuseOverwriting(
  inputs: readonly string[],
  outputs: readonly string[] = [],
): Promise<void> {
  const read = await Promise.all(inputs.map(leadsTo));
  for (const output of outputs) {
    if (!read.includes(await leadsTo(output))) continue;
    throw new UsageError(`--output ${output}: is read as well, and would be lost; name another file`);
  }
}

async function placeOf(path: string, flag: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) throw new UsageError(`${flag} ${path}: cannot be written: it is not a file`);
  return leadsTo(path);
}

/** Where a path leads to, through links. */
function leadsTo(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

async function openOutput(path: string, reporter: Reporter, flag: string): Promise<OutputFile> {
  const file = await openText(path, flag);
  return { write: async (result) => file.write(await reporter(result)) };
}

/** A file for text, opened before there is any: written whole, or not at all. */
export async function openText(
  path: string,
  flag = '--output',
): Promise<{ write(text: string): Promise<void> }> {
  const temporary = `${path}.${process.pid}.tmp`;
  await (await openForWriting(temporary, path, flag)).close();
  await rm(temporary);
  return {
    async write(text) {
      const file = await openForWriting(temporary, path, flag);
      try {
        await file.writeFile(text).finally(() => file.close());
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        fail(path, flag, error as NodeJS.ErrnoException); // what the file system throws
      }
    },
  };
}

function openForWriting(temporary: string, path: string, flag: string): Promise<FileHandle> {
  return open(temporary, 'w').catch((error: NodeJS.ErrnoException) => fail(path, flag, error));
}

function fail(path: string, flag: string, error: NodeJS.ErrnoException): never {
  throw new UsageError(`${flag} ${path}: cannot be written: ${whyNotWritten(error)}`);
}

/** What the file system says of a file that cannot be written, in words. */
export function whyNotWritten({ code, message }: NodeJS.ErrnoException): string {
  const reasons: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    EACCES: 'there is no permission to write there',
    EROFS: 'the file system is read-only',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is not a folder',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota of the disk is used up',
    EFBIG: 'the file would be larger than is allowed',
  };
  return reasons[code ?? ''] ?? message;
}
