/**
 * The comparison as one HTML file: no network, no dependency, readable on paper, on a phone, in light and dark, and by
 * ear. React writes the markup, so that all text of the result is escaped; it does not run in the page.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { renderToStaticMarkup } from 'react-dom/server';
import type { RunResult } from '../../sim/result.ts';
import { drawCharts } from './charts.ts';
import { Page } from './page.tsx';

export async function renderHtml(result: RunResult): Promise<string> {
  const [style, script] = await Promise.all([asset('report.css'), asset('report.js')]);
  const charts = await drawCharts(result);
  const page = <Page {...{ result, charts, style, script }} policy={policy(style, script)} />;
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}

/** Beside this module, also in the bundle. */
function asset(name: string): Promise<string> {
  return readFile(new URL(`./${name}`, import.meta.url), 'utf8');
}

/** Lets the page run its own script and nothing else, and load nothing, whatever text found its way into it. */
function policy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${hash(style)}; script-src ${hash(script)}`;
}
