/** Text of a trace made safe to show in a terminal. */

// Controls, and the marks that reorder or hide text (bidirectional overrides, zero-width characters, line separators).
const unprintable = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/gu;

function escapeChar(char: string): string {
  const code = char.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The bytes as text of at most `maxChars` characters, with `\x1b` and the like written out and `…` where it was cut. */
export function printable(bytes: Uint8Array, maxChars: number): string {
  const head = Buffer.from(bytes.subarray(0, maxChars * 4)).toString('utf8');
  const text = head.replace(unprintable, escapeChar);
  return text.length > maxChars || bytes.length > maxChars * 4 ? `${text.slice(0, maxChars - 1)}…` : text;
}
