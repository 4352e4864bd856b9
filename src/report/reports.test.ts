/** Golden files: `npx vitest run src/report -u` writes them anew; read the difference before it is committed. */
import { stripVTControlCharacters } from 'node:util';
import { parse } from 'csv-parse/sync';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { renderCsv, renderJson, renderMarkdown, renderText, reporterFor } from './index.ts';
import { classed, deployed, hostile, resultOf, row, rows, withClients } from './testing/fixture.ts';

/** `.txt`, so that no formatter takes them for files of its own. */
const golden = (name: string) => `testing/golden/${name}.txt`;

const withTwoClients = resultOf({
  results: [rows[0], withClients('gcra', 'none'), withClients('gcra', 'exponential jitter=full')],
});

describe('the same comparison', () => {
  test.each([
    ['eight', renderText(resultOf())],
    ['eight.wide', renderText(resultOf(), { width: 132, extent: 'overview' })],
    ['eight.md', renderMarkdown(resultOf())],
    ['eight.csv', renderCsv(resultOf())],
    ['two.json', renderJson(resultOf({ results: rows.slice(0, 2) }))],
    ['clients', renderText(withTwoClients)],
    ['clients.csv', renderCsv(withTwoClients)],
    ['hostile', renderText(hostile, { ascii: true })],
    ['hostile.md', renderMarkdown(hostile)],
    ['partial', renderText(resultOf({ partial: true, results: rows.slice(0, 2) }), { extent: 'overview' })],
  ])('as %s', async (name, report) => {
    await expect(report).toMatchFileSnapshot(golden(name));
  });
});

describe('text', () => {
  const long = row('sliding-window-counter', {
    variant: 'sub_windows=10 count_rejected=true and a very long tail',
  });

  test.each([
    ['eight rows', resultOf()],
    ['long names', resultOf({ results: [...rows, long] })],
    ['text of a trace', hostile],
    ['faults of deployments', deployed],
    ['no row', resultOf({ results: [] })],
  ])('%s: no line is wider than 80 columns, and none has an escape', (_, result) => {
    const report = renderText(result);
    expect(Math.max(...report.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    expect(report).not.toMatch(/[^\P{Cc}\n]/u);
  });

  test('colours are there when they are asked for, and only repeat the marks', () => {
    const colourful = renderText(resultOf(), { colours: true });
    expect(colourful).toContain('\u001b[32m');
    expect(stripVTControlCharacters(colourful)).toBe(renderText(resultOf()));
  });

  test('ASCII where nothing else can be shown', () => {
    expect(renderText(resultOf(), { ascii: true })).toMatch(/^[\n -~]*$/);
  });
});

test('the work of each class of clients is a table of the text, of Markdown and of the page', async () => {
  expect(renderText(classed)).toMatch(/CLASSES work done\n +critical +<b>.*\ngcra with none +97\.5 % +–\n/);
  expect(renderMarkdown(classed)).toMatch(
    /Work done by class<[\s\S]*\| +critical \|.*\n.*\n\| gcra with none \| +97\.5 % \| +– \|/,
  );
  expect(await reporterFor('x.html')(classed)).toMatch(
    /Work done by class[\s\S]*>critical<[\s\S]*<td>97\.5 %<\/td><td>–<\/td>/,
  );
});

describe('JSON', () => {
  test('reads back as the result itself', () => {
    expect(JSON.parse(renderJson(hostile))).toEqual(hostile);
  });
});

describe('CSV', () => {
  test('formulas in text are disarmed, numbers are left alone', () => {
    const [, record] = parse(renderCsv(hostile), { columns: true }) as Record<string, string>[]; // columns give records
    expect(record.variant).toBe("'=refill\\x1b]0;x\\x07");
    expect(record['accuracy.over_admitted']).toBe('6240');
  });

  test('a figure that only some rows have is a column, empty in the others', () => {
    const records = parse(renderCsv(deployed), { columns: true }) as Record<string, string>[]; // columns give records
    expect(records.map((record) => record['deployment.faults.0.during.admitted'])).toEqual([
      '',
      '910',
      '910',
      '910',
    ]);
  });

  test('a figure that does not exist is an empty field', () => {
    const records = parse(renderCsv(resultOf()), { columns: true }) as Record<string, string>[];
    expect(records.at(-1)?.['retry_after.late_p99_us']).toBe('');
  });
});

describe('the output file', () => {
  test('its ending names the report', () => {
    expect(reporterFor('a/b.c/Report.JSON')).toBe(renderJson);
    expect(reporterFor('x.csv')).toBe(renderCsv);
    expect(reporterFor('x.md')).toBe(renderMarkdown);
  });

  test.each(['report.txt', 'report', 'report.constructor'])(
    '%s is refused with the endings there are',
    (path) => {
      expect(() => reporterFor(path)).toThrow(UsageError);
      expect(() => reporterFor(path)).toThrow(/\.json, \.csv, \.md, .* or \.openmetrics/);
    },
  );
});
