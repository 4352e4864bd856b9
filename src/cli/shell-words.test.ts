import { execFileSync } from 'node:child_process';
import { Command } from 'commander';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../algorithms/testing/law.ts';
import { givenFlags, shellWords } from './shell-words.ts';

test('a shell reads the words back as they were', () => {
  const words = fc.array(
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
    { minLength: 1 },
  );
  holdsFor(words, (given) => {
    const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${shellWords(given)}`], { encoding: 'utf8' });
    expect(printed.split('\0').slice(0, -1)).toEqual(given);
  });
});

test('words that need no quotes have none', () => {
  expect(shellWords(['ratelimit', '--limit', '100/1m,burst=20', 'a b', "it's"])).toBe(
    "ratelimit --limit 100/1m,burst=20 'a b' 'it'\\''s'",
  );
});

/** The flags of a command that was given these words. */
function flagsOf(...words: string[]): string[] {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  const command = new Command()
    .option('--limit <limit>')
    .option('--trace <file>', '', collect)
    .option('--period <time>', '', '1m')
    .option('--quiet')
    .option('--store <address>');
  command.parse(words, { from: 'user' });
  return givenFlags(command, ['limit']);
}

test('flags are given again, but for those that are left out and those that were defaults', () => {
  const words = ['--trace', 'a.log', '--trace', 'b.log', '--quiet'];
  expect(flagsOf('--limit', '1/1s', ...words)).toEqual(words);
});

test.each([
  ['redis://ann:secret@host:6379/0', 'redis://ann@host:6379/0'],
  ['redis://:se@cret@host', 'redis://host'],
  ['redis://host/1', 'redis://host/1'],
  ['a@b', 'a@b'],
])('%s is shown as %s', (given, shown) => expect(flagsOf('--store', given)).toEqual(['--store', shown]));
