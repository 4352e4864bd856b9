import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { spreadOf } from '../sim/repeated.ts';
import { renderCsv, renderMarkdown, renderText } from './index.ts';
import { likeOverRuns } from './over-runs.ts';
import { resultOf, row } from './testing/fixture.ts';

/** A row that had these over-admissions, one a seed. */
function over(algorithm: string, counts: readonly number[]) {
  const figures = {
    'accuracy.over_admitted': spreadOf(counts)!,
    'memory.bytes_per_key': spreadOf(counts.map(() => 8))!,
  };
  return { ...row(algorithm, { over: counts[0] }), runs: figures };
}

const rows = [
  over('gcra', [10, 12, 14]),
  over('token-bucket', [11, 13, 15]),
  over('fixed-window', [90, 95, 100]),
];
const result = resultOf({ runs: { count: 3, seeds: [1, 2, 3] }, results: rows });

describe('over several runs', () => {
  test('rows whose intervals overlap are not told apart, others are', () => {
    expect(likeOverRuns(rows[0], rows)).toEqual([rows[1]]);
    expect(likeOverRuns(rows[2], rows)).toEqual([]);
  });

  test('the text says so, with mean and interval: t · s / √n is 4.302653 · 2 / √3 = 4.97', () => {
    const text = renderText(result);
    expect(text).toContain('3 runs, seeds 1 to 3: mean ± half of the 95 % confidence interval');
    expect(text).toMatch(/\ngcra +12 ±4\.968▲ +8/);
    expect(text).toMatch(/\ntoken-bucket +13 ±4\.968▲ +8/);
    expect(text).toMatch(/\nfixed-window +95 ±12\.42 +8/);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'no real difference to token-bucket: over 3 runs all their intervals overlap',
    );
  });

  test('ASCII is all that it needs where a terminal knows nothing else', () => {
    expect(renderText(result, { ascii: true })).toMatch(/^[\n -~]*$/);
  });

  test('Markdown has the table', () => {
    expect(renderMarkdown(result)).toMatch(/## Over several runs[\s\S]*\| token-bucket +\| +13 ±4\.968 ▲ \|/);
  });

  test('CSV has mean and interval beside the figure', () => {
    const [first] = parse(renderCsv(result), { columns: true }) as Record<string, string>[]; // columns give records
    expect(first['accuracy.over_admitted']).toBe('10');
    expect(first['accuracy.over_admitted.mean']).toBe('12');
    expect(Number(first['accuracy.over_admitted.ci95_low'])).toBeCloseTo(12 - 4.968, 2);
    expect(Object.keys(first).filter((name) => name.startsWith('accuracy.over_admitted'))).toEqual([
      'accuracy.over_admitted',
      'accuracy.over_admitted.mean',
      'accuracy.over_admitted.ci95_low',
      'accuracy.over_admitted.ci95_high',
      'accuracy.over_admitted_ratio',
    ]);
  });
});
