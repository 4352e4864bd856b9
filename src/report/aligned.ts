import { markdownTable } from 'markdown-table';
import stringWidth from 'string-width';

/** Rows, the first of them the head, as lines: names to the left, the other columns to the right, without rules. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const [head, ...lines] = rows;
  const table = markdownTable(
    [head, ...lines].map((row) => [...row]),
    {
      align: ['l', ...head.slice(1).map(() => 'r')],
      delimiterStart: false,
      delimiterEnd: false,
      stringLength: (text) => stringWidth(text),
    },
  );
  return table
    .split('\n')
    .filter((_, at) => at !== 1)
    .map((line) => line.replaceAll(' | ', '  ').trimEnd());
}
