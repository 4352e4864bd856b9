/** The sample in reports/ shows what the program writes today; `npm run sample-report` writes it anew. */
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html/index.tsx';
import { renderMarkdown } from '../../src/report/index.ts';
import type { RunResult } from '../../src/sim/result.ts';
import { readRun } from '../../src/sim/saved-run.ts';
import { ratelimit } from '../cli/program.ts';

const sample = (ending: string) => `reports/sample.${ending}`;

/** A result without what depends on the machine and the version. */
function comparable({ version: _, results, ...rest }: RunResult) {
  return { ...rest, results: results.map(({ throughput, ...figures }) => figures) };
}

test('its figures are those of the scenario', async () => {
  const { stdout } = await ratelimit(['compare', 'classic', '--quiet', '--json']);
  expect(comparable(await readRun(sample('json')))).toEqual(comparable(JSON.parse(stdout)));
});

test('its page and its Markdown are what its figures make', async () => {
  const result = await readRun(sample('json'));
  // Compared as a truth, so that a difference does not fill the screen.
  expect((await renderHtml(result)) === readFileSync(sample('html'), 'utf8')).toBe(true);
  expect(renderMarkdown(result)).toBe(readFileSync(sample('md'), 'utf8'));
});

test('it is small', () => {
  const bytes = ['json', 'html', 'md'].map((ending) => statSync(sample(ending)).size);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(1e6);
});
