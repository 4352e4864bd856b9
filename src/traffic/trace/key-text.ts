import { isUtf8 } from 'node:buffer';

/**
 * The key as text. Bytes that are not UTF-8 become the halves of characters U+DC80 to U+DCFF, a byte each, which no UTF-8
 * gives: so keys stay apart, and a reader that knows the convention gets the bytes again (Python's `surrogateescape`,
 * PEP 383).
 */
export function keyText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterBytes(bytes, at);
    text += length === 0 ? String.fromCharCode(0xdc00 + bytes[at]) : bytes.toString('utf8', at, at + length);
    at += length || 1;
  }
  return text;
}

/** How many bytes the character at `at` has; 0 where there is none. */
function characterBytes(bytes: Buffer, at: number): number {
  const most = Math.min(4, bytes.length - at);
  for (let length = 1; length <= most; length++) if (isUtf8(bytes.subarray(at, at + length))) return length;
  return 0;
}
