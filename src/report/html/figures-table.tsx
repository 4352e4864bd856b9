import type { AlgorithmResult } from '../../sim/result.ts';
import { type Column, columnsOf } from '../columns/index.ts';
import { type Mark, markSigns } from '../marks.ts';
import { overviewOfRuns, runsLegend } from '../over-runs.ts';
import { labelOf } from '../rows.ts';
import { type Cell, type TableColumn, tableOf } from '../table.ts';
import { Behind, Scrolling } from './parts.tsx';

interface FiguresTableProps {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly AlgorithmResult[];
}

type Read = (row: AlgorithmResult, column: Column) => number | null;

/** A row for each algorithm, sortable by every column; best and worst of a column are marked by a sign and a word. */
export function FiguresTable({ name, columns, rows }: FiguresTableProps) {
  return (
    <Comparison
      name={name}
      caption={captionOf(rows)}
      table={tableOf(columns, rows)}
      rows={rows}
      read={figure}
    />
  );
}

/** The same of means over several runs. */
export function RunsTable({ name, rows }: Pick<FiguresTableProps, 'name' | 'rows'>) {
  return <Comparison name={name} caption={runsLegend} table={overviewOfRuns(rows)} rows={rows} read={mean} />;
}

const figure: Read = (row, column) => column.read(row);
const mean: Read = ({ runs }, { id }) => runs?.[id]?.mean ?? null;

interface ComparisonProps {
  readonly name: string;
  readonly caption: string;
  readonly table: readonly TableColumn[];
  readonly rows: readonly AlgorithmResult[];
  /** What a column is sorted by. */
  readonly read: Read;
}

function Comparison({ name, caption, table, rows, read }: ComparisonProps) {
  return (
    <Scrolling name={`Table: ${name}`}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <Head title="algorithm" />
            {table.map(({ column: { id, title } }) => (
              <Head key={id} title={title} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={labelOf(row)}>
              <th scope="row">{labelOf(row)}</th>
              {table.map(({ column, cells }) => (
                <Figure key={column.id} cell={cells[at]} value={read(row, column)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function captionOf({ length }: readonly AlgorithmResult[]): string {
  const { best, worst } = markSigns;
  return length < 2
    ? 'The figures of the only row.'
    : `${best} best and ${worst} worst of a column, where there is a difference. A heading sorts.`;
}

function Head({ title }: { readonly title: string }) {
  return (
    <th scope="col" aria-sort="none">
      <button type="button">{title}</button>
    </th>
  );
}

function Figure({ cell: { text, mark }, value }: { readonly cell: Cell; readonly value: number | null }) {
  return (
    <td data-value={value ?? ''} className={mark}>
      {text}
      <span className="mark">{mark && <Sign mark={mark} />}</span>
    </td>
  );
}

function Sign({ mark }: { readonly mark: Mark }) {
  return (
    <>
      <span aria-hidden="true">{markSigns[mark]}</span>
      <span className="heard"> {mark}</span>
    </>
  );
}

/** Every column once, with what it means. */
export function Glossary() {
  const groups: readonly (readonly Column[])[] = Object.values(columnsOf);
  const columns = new Map(groups.flat().map((column) => [column.id, column]));
  return (
    <Behind title="Every column">
      <dl className="glossary">
        {[...columns.values()].map(({ id, title, meaning }) => (
          <div key={id}>
            <dt>{title}</dt>
            <dd>
              {meaning} <code>{id}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Behind>
  );
}
