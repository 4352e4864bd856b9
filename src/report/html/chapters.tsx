/** One section for each question, with its picture and the figures behind it. */
import type { AlgorithmResult, RunResult } from '../../sim/result.ts';
import { fairnessTable } from '../charts/fairness.ts';
import { timelineTable } from '../charts/timeline.ts';
import { classTable } from '../clients.ts';
import { type Column, columnsFor, columnsOf } from '../columns/index.ts';
import { faultTables } from '../faults.ts';
import type { PlainTable } from '../plain-table.ts';
import type { RowTable } from '../row-table.ts';
import { labelOf } from '../rows.ts';
import type { ChartName, DrawnCharts } from './charts.ts';
import { FiguresTable } from './figures-table.tsx';
import { Behind, Figure, PlainFigures, Section } from './parts.tsx';

interface Chapter {
  readonly chart: ChartName;
  readonly title: string;
  /** Stands where there is nothing to draw. */
  readonly otherwise: string;
  readonly columns: readonly Column[];
  /** What the picture shows beyond those columns, under names of their own. */
  readonly tables?: (result: RunResult) => Readonly<Record<string, PlainTable>>;
}

const figureChapters: readonly Chapter[] = [
  {
    chart: 'error',
    title: 'Accuracy and what it costs',
    otherwise: 'No row keeps state for a key, so there is nothing to set accuracy against.',
    columns: [...columnsOf.Accuracy, ...columnsOf.Cost],
  },
  { chart: 'burst', title: 'Bursts', otherwise: 'Nothing was admitted.', columns: columnsOf.Burst },
  {
    chart: 'latency',
    title: 'Latency',
    otherwise: 'No row held a request back, so there is no delay to draw.',
    columns: columnsOf.Latency,
  },
  {
    chart: 'fairness',
    title: 'Fairness',
    otherwise: 'No key had anything due, or the run was saved before there were curves.',
    columns: columnsOf.Fairness,
    tables: (result) => ({
      'Of their due, by share of the keys': fairnessTable(result, 'entitled'),
      'Of their demand, by share of the keys': fairnessTable(result, 'demanded'),
    }),
  },
];

interface ChaptersProps {
  readonly result: RunResult;
  readonly charts: DrawnCharts;
}

export function Chapters({ result, charts }: ChaptersProps) {
  const classes = classTable(result.results);
  return (
    <>
      <Section id="timeline" title="Over time">
        <Picture charts={charts} chart="timeline" otherwise="Nothing was offered." />
        <Behind title="The figures" of="Over time">
          <PlainFigures name="Requests a second" table={timelineTable(result)} />
        </Behind>
      </Section>
      <Faults rows={result.results} />
      {figureChapters.map((chapter) => (
        <FigureChapter key={chapter.chart} {...chapter} charts={charts} result={result} />
      ))}
      {result.results.some(({ live }) => live) && (
        <Section id="store" title="The store">
          <FiguresTable
            name="The store"
            columns={columnsFor('Store', result.results)}
            rows={result.results}
          />
        </Section>
      )}
      {result.results.some(({ clients }) => clients) && (
        <Section id="clients" title="Clients">
          <FiguresTable
            name="Clients"
            columns={columnsFor('Clients', result.results)}
            rows={result.results}
          />
          {classes && <PlainFigures name={classes.title} table={plain(classes)} />}
        </Section>
      )}
    </>
  );
}

/** What each fault did, beside as long a time before and after it; nothing where there was none. */
function Faults({ rows }: { readonly rows: readonly AlgorithmResult[] }) {
  const faults = faultTables(rows);
  if (faults.length === 0) return null;
  return (
    <Section id="faults" title={faults.length === 1 ? 'The fault' : 'The faults'}>
      <p>
        The share that was admitted, and how much of it the contract did not allow: while the fault lasted,
        and in as long a time before and after it.
      </p>
      {faults.map((fault) => (
        <PlainFigures key={fault.title} name={fault.title} table={plain(fault)} />
      ))}
    </Section>
  );
}

function plain({ head, lines }: RowTable): PlainTable {
  return {
    head: ['algorithm', ...head],
    rows: lines.map(({ row, cells }) => [labelOf(row), ...cells]),
  };
}

interface FigureChapterProps extends Chapter {
  readonly charts: DrawnCharts;
  readonly result: RunResult;
}

function FigureChapter(props: FigureChapterProps) {
  const { chart, title, otherwise, columns, tables, charts, result } = props;
  return (
    <Section id={chart} title={title}>
      <Picture charts={charts} chart={chart} otherwise={otherwise} />
      <Behind title="The figures" of={title}>
        <FiguresTable name={title} columns={columns} rows={result.results} />
        {Object.entries(tables?.(result) ?? {}).map(([name, table]) => (
          <PlainFigures key={name} name={name} table={table} />
        ))}
      </Behind>
    </Section>
  );
}

function Picture({ charts, chart, otherwise }: Pick<FigureChapterProps, 'charts' | 'chart' | 'otherwise'>) {
  const drawn = charts[chart];
  return drawn ? <Figure chart={drawn} /> : <p>{otherwise}</p>;
}
