/** Reporters make text of a finished result. They neither write files nor end the process. */
import { extname } from 'node:path';
import { UsageError } from '../errors.ts';
import type { RunResult } from '../sim/result.ts';
import { renderCsv } from './csv.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { listed } from './rows.ts';

export { wantsAscii } from './ascii.ts';
export { renderChecks } from './check-text.ts';
export { renderCsv } from './csv.ts';
export { renderJson } from './json.ts';
export { renderMarkdown } from './markdown.ts';
export { renderText, type TextOptions } from './text.ts';

export type Reporter = (result: RunResult) => string | Promise<string>;

/** The one list of output files, by ending. What needs large libraries is loaded when it is asked for. */
const reporters: Readonly<Record<string, Reporter>> = {
  '.json': renderJson,
  '.csv': renderCsv,
  '.md': renderMarkdown,
  '.html': async (result) => (await import('./html/index.tsx')).renderHtml(result),
};

/** The reporter that a file's ending asks for. Throws UsageError, so ask before the run. */
export function reporterFor(path: string): Reporter {
  const ending = extname(path).toLowerCase();
  if (Object.hasOwn(reporters, ending)) return reporters[ending];
  const endings = Object.keys(reporters);
  const problem = ending === '' ? 'has no ending' : `ends in ${ending}`;
  throw new UsageError(
    `output "${path}" ${problem}; it may be one of ${listed(endings)}, such as report${endings[0]}`,
  );
}
