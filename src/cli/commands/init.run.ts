import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { whyNotWritten } from '../output.ts';

/** Writes the template; an existing file is never overwritten. */
export async function init(file: string, io: Io): Promise<ExitCode> {
  const template = await readFile(join(packageRoot(), 'scenarios', 'template', 'scenario.yaml'), 'utf8');
  if (file === '-') {
    await write(io.stdout, template);
    return exitCode.done;
  }
  await writeFile(file, template, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'EEXIST'
        ? `${file}: exists already and is left as it is; name another file`
        : `${file}: cannot be written: ${whyNotWritten(error)}`,
    );
  });
  await write(io.stdout, `Wrote ${file}. Change it, then run: ratelimit compare ${file}\n`);
  return exitCode.done;
}
