import { diffOf } from '../../check/diff.ts';
import { renderDiff } from '../../check/diff-text.ts';
import { indentedJson } from '../../indented-json.ts';
import { readRun } from '../../sim/saved-run.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { textOptions } from '../text-options.ts';
import type { DiffFlags } from './diff.ts';

/** Changes are an answer, not a failure: the exit code is 0. */
export async function diff(before: string, after: string, { json }: DiffFlags, io: Io): Promise<ExitCode> {
  const changes = diffOf(await readRun(before), await readRun(after));
  await write(io.stdout, json ? indentedJson(changes) : renderDiff(changes, textOptions(io)));
  return exitCode.done;
}
