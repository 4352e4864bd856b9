/** Text that came from a trace, a scenario or a file is data: this is where it is made safe to show. */

// Controls, marks that are not seen but reorder or join text, line and paragraph separators, halves of characters, and
// code points that are none.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** One line in which nothing speaks to the terminal: such characters are written out, as `\x1b` or `\u202e`. */
export function safeText(text: string): string {
  return text.replace(unprintable, (char) => {
    const hex = char.codePointAt(0)!.toString(16);
    return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
}

/** The same of JSON, which stays the JSON of the same text. */
export function safeJson(json: string): string {
  return json.replace(unprintable, (char) =>
    Array.from({ length: char.length }, (_, at) => jsonEscape(char.charCodeAt(at))).join(''),
  );
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
