import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Io } from '../src/cli/io.ts';
import { createProgram } from '../src/cli/program.ts';
import { scenarioSchema } from '../src/sim/scenario.ts';

const { stdin, stdout, stderr, env } = process;
const { signal } = new AbortController();
const io: Io = { stdin, stdout, stderr, env, signal, readerGone: signal }; // nothing runs

/** Commands and theirs, each by the words that call it. */
function commandsOf({ commands }: Command, before: readonly string[] = []): [words: string[], Command][] {
  return commands.flatMap((command) => {
    const words = [...before, command.name()];
    return [[words, command], ...commandsOf(command, words)];
  });
}

const read = (page: string) => readFileSync(join('docs', page), 'utf8');

/** The page of a command with those that it points to; of a command without one the whole manual. */
function manualOf(command: string): string {
  const own = `${command}.md`;
  if (!existsSync(join('docs', own))) {
    const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
    return [join('..', 'README.md'), ...pages].map(read).join('\n');
  }
  const linked = [...read(own).matchAll(/\]\(([a-z0-9-]+\.md)/g)].map(([, page]) => page);
  return [own, ...linked].map(read).join('\n');
}

test('the template of `init` shows every field of a scenario', () => {
  const template = readFileSync(join('scenarios', 'template', 'scenario.yaml'), 'utf8');
  const fields = Object.keys(scenarioSchema.shape);
  expect(fields.filter((field) => !new RegExp(`^(# )?${field}:`, 'm').test(template))).toEqual([]);
});

test.each(commandsOf(createProgram(io, () => {})))(
  'the manual names %j and each of its flags',
  (words, command) => {
    const text = manualOf(words[0]);
    expect(text.includes(words.join(' '))).toBe(true); // a page would fill the screen
    const flags = command.options.map(({ long }) => `${long}`);
    expect(flags.filter((flag) => !new RegExp(`${flag}(?![\\w-])`).test(text))).toEqual([]);
  },
);
