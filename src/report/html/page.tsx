import type { RunResult } from '../../sim/result.ts';
import { columnsOf } from '../columns/index.ts';
import { factsOf } from '../header.ts';
import { runsInWords } from '../over-runs.ts';
import { recommendation } from '../recommendation.ts';
import { labelOf } from '../rows.ts';
import { safeText } from '../safe-text.ts';
import { verdictsOf } from '../verdict.ts';
import { Chapters } from './chapters.tsx';
import type { DrawnCharts } from './charts.ts';
import { Checks } from './checks.tsx';
import { FiguresTable, Glossary, RunsTable } from './figures-table.tsx';
import { raw, Section } from './parts.tsx';

interface PageProps {
  readonly result: RunResult;
  readonly charts: DrawnCharts;
  readonly style: string;
  readonly script: string;
  /** Content security policy. */
  readonly policy: string;
}

export function Page({ result, charts, style, script, policy }: PageProps) {
  const name = safeText(result.scenario.name);
  const version = safeText(result.version);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content={`ratelimit ${version}`} />
        <title>{`Rate limiters compared: ${name}`}</title>
        <style {...raw(style)} />
      </head>
      <body>
        <a className="skip" href="#figures">
          Skip to the figures
        </a>
        <header>
          <p className="kind">Rate limiters compared</p>
          <h1>{name}</h1>
          <Facts result={result} />
        </header>
        <main>
          <Contents result={result} charts={charts} />
        </main>
        <footer>
          Written by ratelimit {version}. The same seed and scenario give the same figures again, apart from
          the speed of decisions, which is measured.
        </footer>
        <script {...raw(script)} />
      </body>
    </html>
  );
}

function Contents({ result, charts }: Pick<PageProps, 'result' | 'charts'>) {
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

function Facts({ result }: Pick<PageProps, 'result'>) {
  return (
    <dl className="facts">
      {factsOf(result).map(({ name, text, quoted }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the page is written once, and facts may be alike
        <div key={at} className={name === 'PARTIAL' ? 'partial' : undefined}>
          <dt>{name}</dt>
          <dd>{quoted ? <code>{text}</code> : text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Choice({ result }: Pick<PageProps, 'result'>) {
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

function OverRuns({ result }: Pick<PageProps, 'result'>) {
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

function Words({ result }: Pick<PageProps, 'result'>) {
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
