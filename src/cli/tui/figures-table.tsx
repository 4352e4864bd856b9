import { columnsFor } from '../../report/columns/index.ts';
import { shortLabels } from '../../report/rows.ts';
import { fitting, headLines, labelWidthOf, rowLine, tableOf } from '../../report/table.ts';
import type { AlgorithmResult } from '../../sim/result.ts';
import { Lines } from './lines.tsx';
import type { FigureTab } from './navigation.ts';
import { usePaint } from './paint-context.ts';

export const headHeight = 2;
const cursor = '>';

interface FiguresTableProps {
  readonly tab: FigureTab;
  readonly rows: readonly AlgorithmResult[];
  /** Indices into `rows`: those that are seen, from top to bottom. */
  readonly shown: readonly number[];
  readonly chosen: number;
  /** Columns of the terminal. */
  readonly width: number;
}

/** One row an algorithm, as many columns as there is room for. */
export function FiguresTable({ tab, rows, shown, chosen, width }: FiguresTableProps) {
  const paint = usePaint();
  const labelWidth = labelWidthOf(rows, width - cursor.length);
  const table = fitting(tableOf(columnsFor(tab, rows), rows), width - labelWidth - cursor.length);
  const head = headLines(table, labelWidth).map((line) => paint.strong(` ${line}`));
  const labels = shortLabels(rows, labelWidth);
  const lines = shown.map((at) => {
    const line = rowLine(table, at, labels[at], labelWidth, paint);
    return at === chosen ? paint.chosen(cursor + line) : ` ${line}`;
  });
  return <Lines lines={[...head, ...lines]} />;
}
