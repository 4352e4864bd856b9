import { extname } from 'node:path';
import { UsageError } from '../../errors.ts';
import { indentedJson } from '../../indented-json.ts';
import type { PlanResult } from '../../plan/result.ts';
import { renderPlanCsv } from './csv.ts';
import { renderPlanMarkdown } from './markdown.ts';

export { renderPlanText } from './text.ts';

type PlanReporter = (result: PlanResult) => string | Promise<string>;

const planEndings = ['.json', '.csv', '.md', '.html'] as const;

const reporters: Readonly<Record<(typeof planEndings)[number], PlanReporter>> = {
  '.json': renderPlanJson,
  '.csv': renderPlanCsv,
  '.md': renderPlanMarkdown,
  '.html': async (result) => (await import('./html.tsx')).renderPlanHtml(result), // what draws is large
};

export function renderPlanJson(result: PlanResult): string {
  return indentedJson(result);
}

/** The reporter that a file's ending asks for. Throws UsageError. */
export function planReporterFor(path: string): PlanReporter {
  const known = planEndings.find((ending) => ending === extname(path).toLowerCase());
  if (known !== undefined) return reporters[known];
  throw new UsageError(`--output ${path}: a plan may be ${planEndings.join(', ')}, such as plan.md`);
}
