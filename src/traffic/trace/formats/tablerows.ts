import type { Skip } from '../account.ts';
import { CsvSplitter, unfinished } from '../text/csv.ts';
import { Spans } from '../text/spans.ts';

/** The record of a table: its cells, and the lines that they stand in. */
export interface Row {
  readonly cells: string[];
  readonly text: string;
}

const maxRows = 200;
const joinedLines = 10;

/** The first records, cut into cells. A line whose quotes do not close within the next few is left out. */
export function rowsOf(lines: readonly string[], delimiter: number): Row[] {
  const rows: Row[] = [];
  for (let line = 0; line < lines.length && rows.length <= maxRows; line++) {
    for (let more = 0; more < joinedLines; more++) {
      const text = lines.slice(line, line + more + 1).join('\n');
      const cells = cellsOf(text, delimiter);
      if (cells === unfinished) continue;
      line += more;
      if (Array.isArray(cells)) rows.push({ cells, text });
      break;
    }
  }
  return rows;
}

function cellsOf(line: string, delimiter: number): string[] | Skip {
  const text = Buffer.from(line);
  const spans = new Spans();
  const last = lastCell(text, delimiter);
  return new CsvSplitter([], delimiter).split(text, 0, text.length, spans, last) ?? cellTexts(spans, last);
}

/** At most this many cells are in a line. */
function lastCell(text: Buffer, delimiter: number): number {
  let count = 0;
  for (const byte of text) if (byte === delimiter) count++;
  return count;
}

function cellTexts(spans: Spans, last: number): string[] {
  const texts: string[] = [];
  for (let i = 0; i <= last && !spans.isAbsent(i); i++) texts.push(spans.text(i).trim());
  return texts;
}
