import { markdownTable } from 'markdown-table';
import stringWidth from 'string-width';

/** Rows, the first of them the head, as lines: the columns of `names` to the left, the others to the right, without rules. */
export function aligned(rows: readonly (readonly string[])[], names = 1): string[] {
  const [head, ...lines] = rows;
  const table = markdownTable(
    [head, ...lines].map((row) => [...row]),
    {
      align: head.map((_, at) => (at < names ? 'l' : 'r')),
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
