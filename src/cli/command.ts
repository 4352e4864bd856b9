/** What the files of all commands are made with. */
import type { Command } from 'commander';
import type { ExitCode, Io } from './io.ts';

/** What a command needs to be added to the program. */
export interface CommandContext {
  readonly program: Command;
  readonly io: Io;
  /** Tells the exit code of a command that ended in order. */
  readonly exitWith: (code: ExitCode) => void;
}

/** Text shown below the flags of one command. */
export function exampleText(lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, meaning]) => `  $ ratelimit ${command.padEnd(width)}  ${meaning}`).join('\n')}`;
}

/** Collects a flag that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
