import wrapAnsi from 'wrap-ansi';
import type { Parameter } from '../parameters.ts';

const width = 78;

/** Text for people, wrapped and indented by two. */
export function paragraph(text: string): string {
  return indented(wrapAnsi(text, width - 2), '  ');
}

/** One item a line, wrapped below its dash. */
export function bullet(items: readonly string[]): string {
  return items.map((item) => `  - ${indented(wrapAnsi(item, width - 4), '    ').trimStart()}`).join('\n');
}

/** `align (epoch): where windows begin`; without parentheses where it may be left out and nothing stands in for it. */
export function parameterWords({ name, required, default: standing, text }: Parameter): string {
  const otherwise = required ? 'required' : standing;
  return `${name}${otherwise === undefined ? '' : ` (${otherwise})`}: ${text}`;
}

function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => `${by}${line}`)
    .join('\n');
}
