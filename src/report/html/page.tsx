import type { RunResult } from '../../sim/result.ts';
import { columnsOf } from '../columns/index.ts';
import { runsInWords } from '../over-runs.ts';
import { recommendation } from '../recommendation.ts';
import { labelOf } from '../rows.ts';
import { verdictsOf } from '../verdict.ts';
import { Chapters } from './chapters.tsx';
import type { DrawnCharts } from './charts.ts';
import { Checks } from './checks.tsx';
import { FiguresTable, Glossary, RunsTable } from './figures-table.tsx';
import { Section } from './parts.tsx';

interface ContentsProps {
  readonly result: RunResult;
  readonly charts: DrawnCharts;
}

/** All of a comparison's page below its header. */
export function Contents({ result, charts }: ContentsProps) {
  const { results, checks = [] } = result;
  if (results.length === 0) return <p id="figures">No algorithm was compared.</p>;
  return (
    <>
      <Checks checks={checks} />
      <Choice result={result} />
      <Section id="figures" title="Overview">
        <FiguresTable name="Overview" columns={columnsOf.Overview} rows={results} />
      </Section>
      <OverRuns result={result} />
      <Words result={result} />
      <Chapters result={result} charts={charts} />
      <Section id="columns" title="What the columns say">
        <Glossary />
      </Section>
    </>
  );
}

function Choice({ result }: Pick<ContentsProps, 'result'>) {
  const sentences = recommendation(result);
  if (sentences.length === 0) return null;
  return (
    <Section id="choice" title="Which one?">
      <ul className="choice">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Emphasized sentence={sentence} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OverRuns({ result }: Pick<ContentsProps, 'result'>) {
  const words = runsInWords(result);
  if (words === undefined) return null;
  return (
    <Section id="runs" title="Over several runs">
      <p>{words}.</p>
      <RunsTable name="Over several runs" rows={result.results} />
    </Section>
  );
}

/** `Most accurate: …`, with what stands before the colon set apart. */
function Emphasized({ sentence }: { readonly sentence: string }) {
  const [lead] = /^[\w% ]+:/.exec(sentence) ?? [''];
  return (
    <>
      {lead !== '' && <strong>{lead}</strong>}
      {sentence.slice(lead.length)}
    </>
  );
}

function Words({ result }: Pick<ContentsProps, 'result'>) {
  return (
    <Section id="words" title="In words">
      <dl className="words">
        {verdictsOf(result).map(({ row, verdict }) => (
          <div key={labelOf(row)}>
            <dt>{labelOf(row)}</dt>
            <dd>{verdict}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
