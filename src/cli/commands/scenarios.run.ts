import { readFile } from 'node:fs/promises';
import { findScenario, loadScenario, shippedNames } from '../../sim/scenario-file.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';

export async function showScenarios(name: string | undefined, io: Io): Promise<ExitCode> {
  await write(
    io.stdout,
    name === undefined ? await list() : await readFile(await findScenario(name), 'utf8'),
  );
  return exitCode.done;
}

async function list(): Promise<string> {
  const names = await shippedNames();
  const width = Math.max(...names.map((name) => name.length));
  const lines = await Promise.all(
    names.map(
      async (name) => `  ${name.padEnd(width)}  ${(await loadScenario(name)).scenario.teaches ?? ''}`,
    ),
  );
  return `${lines.join('\n')}\n\n"ratelimit compare NAME" runs one, "ratelimit scenarios NAME" prints its file.\n`;
}
