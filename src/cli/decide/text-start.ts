import type { Place } from './place.ts';

/**
 * Where the text begins: behind a byte order mark of UTF-8, if there is one. -1 when more bytes are needed to tell. Throws
 * UsageError for UTF-16, which no number can be read from: it has its own mark, or a NUL in the first character.
 */
export function textStart(bytes: Buffer, last: boolean, place: Place): number {
  if (bytes.length < 3 && !last) return -1; // the shortest request has three
  const [a, b, c] = bytes;
  if (a === 0 || b === 0 || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    place.fail('this is UTF-16, or no text; write UTF-8, as iconv -f UTF-16 -t UTF-8 does');
  }
  return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
}
