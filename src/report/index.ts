/** Reporters make text of a finished result. They neither write files nor end the process. */
import { extname } from 'node:path';
import { UsageError } from '../errors.ts';
import type { RunResult } from '../sim/result.ts';
import { renderCsv } from './csv.ts';
import { type Ending, endings, endingsInWords } from './endings.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';

export { wantsAscii } from './ascii.ts';
export { renderChecks } from './check-text.ts';
export { renderCsv } from './csv.ts';
export { type GithubReport, renderGithub } from './github.ts';
export { renderJson } from './json.ts';
export { renderMarkdown } from './markdown.ts';
export { renderText, type TextOptions } from './text.ts';

export type Reporter = (result: RunResult) => string | Promise<string>;

/** What needs large libraries is loaded when it is asked for. */
const reporters: Readonly<Record<Ending, Reporter>> = {
  '.json': renderJson,
  '.csv': renderCsv,
  '.md': renderMarkdown,
  '.html': async (result) => (await import('./html/index.tsx')).renderHtml(result),
  '.xml': renderJunit,
  '.sarif': renderSarif,
  '.prom': openMetrics,
  '.openmetrics': openMetrics,
};

async function openMetrics(result: RunResult): Promise<string> {
  const { renderOpenMetrics } = await import('./openmetrics.ts');
  return renderOpenMetrics(result);
}

/** The reporter that a file's ending asks for. Throws UsageError, so ask before the run. */
export function reporterFor(path: string): Reporter {
  const known = endings.find((ending) => ending === extname(path).toLowerCase());
  if (known !== undefined) return reporters[known];
  throw new UsageError(`--output ${path}: a run may be ${endingsInWords}, such as report.html`);
}
