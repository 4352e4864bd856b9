import { stat } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import type { Overrides } from './overrides.ts';
import type { LoadedScenario } from './scenario-file.ts';

/** Throws UsageError when the traffic comes from what can be read only once: standard input or a pipe. */
export async function refuseReadOnce(
  { scenario }: LoadedScenario,
  { trace }: Overrides,
  what: string,
): Promise<void> {
  for (const file of (trace ?? scenario.trace)?.files ?? []) {
    const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
    if (file !== '-' && (found === undefined || found.isFile() || found.isDirectory())) continue; // who opens it tells
    const name = file === '-' ? 'standard input' : `${file}, a pipe,`;
    throw new UsageError(`${what}, and ${name} can be read only once; name a file`);
  }
}
