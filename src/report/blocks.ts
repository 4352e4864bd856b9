import { toAscii } from './ascii.ts';

/** Blocks of lines as one text, with an empty line between them; a block without lines is left out. Ends with a newline. */
export function textOf(blocks: readonly (readonly string[])[], ascii: boolean): string {
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.map((line) => line.trimEnd()).join('\n')}\n`)
    .join('\n');
  return ascii ? toAscii(text) : text;
}
