/** One section for each question, with its picture and the figures behind it. */
import type { AlgorithmResult, RunResult } from '../../sim/result.ts';
import { timelineTable } from '../charts/timeline.ts';
import { type Column, columnsFor, columnsOf } from '../columns/index.ts';
import type { ChartName, DrawnCharts } from './charts.ts';
import { FiguresTable } from './figures-table.tsx';
import { Behind, Figure, PlainFigures, Section } from './parts.tsx';

interface Chapter {
  readonly chart: ChartName;
  readonly title: string;
  /** Stands where there is nothing to draw. */
  readonly otherwise: string;
  readonly columns: readonly Column[];
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
    otherwise: 'No key asked for anything.',
    columns: columnsOf.Fairness,
  },
];

interface ChaptersProps {
  readonly result: RunResult;
  readonly charts: DrawnCharts;
}

export function Chapters({ result, charts }: ChaptersProps) {
  return (
    <>
      <Section id="timeline" title="Over time">
        <Picture charts={charts} chart="timeline" otherwise="Nothing was offered." />
        <Behind title="The figures" of="Over time">
          <PlainFigures name="Requests a second" table={timelineTable(result)} />
        </Behind>
      </Section>
      {figureChapters.map((chapter) => (
        <FigureChapter key={chapter.chart} {...chapter} charts={charts} rows={result.results} />
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
    </>
  );
}

interface FigureChapterProps extends Chapter {
  readonly charts: DrawnCharts;
  readonly rows: readonly AlgorithmResult[];
}

function FigureChapter({ chart, title, otherwise, columns, charts, rows }: FigureChapterProps) {
  return (
    <Section id={chart} title={title}>
      <Picture charts={charts} chart={chart} otherwise={otherwise} />
      <Behind title="The figures" of={title}>
        <FiguresTable name={title} columns={columns} rows={rows} />
      </Behind>
    </Section>
  );
}

function Picture({ charts, chart, otherwise }: Pick<FigureChapterProps, 'charts' | 'chart' | 'otherwise'>) {
  const drawn = charts[chart];
  return drawn ? <Figure chart={drawn} /> : <p>{otherwise}</p>;
}
