import type { AlgorithmResult } from '../../sim/result.ts';
import { type Column, columnsOf } from '../columns/index.ts';
import { type Mark, markSigns } from '../marks.ts';
import { labelOf } from '../rows.ts';
import { type Cell, cellsOf } from '../table.ts';
import { Scrolling } from './parts.tsx';

interface FiguresTableProps {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly AlgorithmResult[];
}

/** A row for each algorithm, sortable by every column; best and worst of a column are marked by a sign and a word. */
export function FiguresTable({ name, columns, rows }: FiguresTableProps) {
  const cells = columns.map((column) => cellsOf(column, rows));
  return (
    <Scrolling name={`Table: ${name}`}>
      <table>
        <caption>
          <span>{captionOf(rows)}</span>
        </caption>
        <thead>
          <tr>
            <Head title="algorithm" />
            {columns.map(({ id, title }) => (
              <Head key={id} title={title} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={labelOf(row)}>
              <th scope="row">{labelOf(row)}</th>
              {columns.map((column, index) => (
                <Figure key={column.id} cell={cells[index][at]} value={column.read(row)} />
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
    <details>
      <summary>Every column</summary>
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
    </details>
  );
}
