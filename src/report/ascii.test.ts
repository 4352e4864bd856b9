import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { toAscii, wantsAscii } from './ascii.ts';

test.each([
  ['a dumb terminal', { TERM: 'dumb', LANG: 'en_US.UTF-8' }, true],
  ['the C locale', { LANG: 'C' }, true],
  ['C with UTF-8', { LANG: 'C.UTF-8' }, false],
  ['LC_ALL before LANG', { LC_ALL: 'POSIX', LANG: 'de_DE.UTF-8' }, true],
  ['a locale without UTF-8', { LC_CTYPE: 'de_DE.ISO-8859-1' }, true],
  ['no locale, as in a container', {}, false],
])('%s', (_, env, ascii) => {
  expect(wantsAscii(env)).toBe(ascii);
});

test('what was aligned stays aligned', () => {
  const line = '▲▼×÷±·–−…µσρ“”’←→↑↓█░▒┼┤│┊─╌╶╴╰╭╮╯';
  expect(toAscii(line)).toMatch(/^[ -~]*$/);
  expect(stringWidth(toAscii(line))).toBe(stringWidth(line));
});
