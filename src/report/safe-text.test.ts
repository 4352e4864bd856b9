import { expect, test } from 'vitest';
import { safeJson, safeText } from './safe-text.ts';

test.each([
  ['plain text of any language', 'Grüße, 東京 🙂', 'Grüße, 東京 🙂'],
  ['an escape sequence', '\u001b[2J', '\\x1b[2J'],
  ['a line end, which would start a line of its own', 'a\r\nb', 'a\\x0d\\x0ab'],
  ['C1 controls, which some terminals obey', '\u009b31m', '\\x9b31m'],
  ['marks that turn text round', 'a\u202eb', 'a\\u202eb'],
  ['half a character', '\ud83d', '\\ud83d'],
])('%s', (_, text, safe) => {
  expect(safeText(text)).toBe(safe);
});

test.each(['plain é 🚀', 'a\x1b[31m\nb', '\u202e\u200b\x9b', '\u{e0001}', '\udcff'])(
  'the JSON of %j says the same',
  (text) => {
    const json = safeJson(JSON.stringify({ text }));
    expect(JSON.parse(json)).toEqual({ text });
    expect(safeText(json)).toBe(json); // nothing in it is unsafe
  },
);
