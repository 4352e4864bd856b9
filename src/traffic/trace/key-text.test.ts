import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { keyText } from './key-text.ts';

describe('keyText', () => {
  test.each([
    ['', ''],
    ['61c3a9', 'aé'],
    ['f09f9a80', '🚀'],
    ['ff', '\udcff'],
    ['61c3', 'a\udcc3'],
    ['c328', '\udcc3('],
    ['eda080', '\udced\udca0\udc80'], // half a character, which UTF-8 has none of
    ['c0af', '\udcc0\udcaf'], // a slash in two bytes, which UTF-8 forbids
  ])('%s is %j', (hex, text) => expect(keyText(Buffer.from(hex, 'hex'))).toBe(text));

  test('the bytes can be told from the text', () =>
    holdsFor(
      fc.uint8Array({ maxLength: 12 }),
      (bytes) => {
        expect(bytesOf(keyText(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      },
      100,
    ));
});

function bytesOf(text: string): Buffer {
  const parts = Array.from(text, (char) => {
    const code = char.codePointAt(0)!; // Array.from gives no empty text
    return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(char);
  });
  return Buffer.concat(parts);
}
