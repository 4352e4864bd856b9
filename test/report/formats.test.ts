/** Reports for other programs, held against readers that others wrote. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import { renderJunit } from '../../src/report/junit.ts';
import { renderOpenMetrics } from '../../src/report/openmetrics.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { checked, deployed, hostile, resultOf, row, rows } from '../../src/report/testing/fixture.ts';
import { temporaryFile, temporaryFolder } from '../cli/program.ts';
import { tool } from '../tool.ts';

const reports = {
  'eight rows': resultOf(),
  'text of a trace': hostile,
  'broken checks': checked,
  'faults of deployments': deployed,
  'a single row': resultOf({ results: rows.slice(0, 1), partial: true }),
  'no row': resultOf({ results: [] }),
  'characters that XML does not have': resultOf({
    results: [row('gcra', { variant: '\u0000\ufffe\ud800]]>&<' })],
  }),
};
const cases = Object.entries(reports);

/** What a program says of a text that it is given. */
function run(program: string, args: readonly string[], input = ''): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}

describe('JUnit', () => {
  const xmllint = tool(['xmllint'], 'libxml2-utils');
  const validate = (xml: string) =>
    run(xmllint, [
      '--noout',
      '--nonet',
      '--schema',
      'test/report/junit.xsd',
      temporaryFile('junit.xml', xml),
    ]);

  test.each(cases)('%s: valid by the schema', (_, result) => {
    const { code, said } = validate(renderJunit(result));
    expect(said).toMatch(/validates\n$/);
    expect(code).toBe(0);
  });

  test('the schema refuses what is wrong', () => {
    expect(validate(renderJunit(checked).replace(' name="gcra"', '')).code).not.toBe(0);
    expect(
      validate(renderJunit(checked).replace('<failure', '<failed').replace('</failure', '</failed')).code,
    ).not.toBe(0);
  });

  const xpath = (xml: string, path: string) =>
    run(xmllint, ['--xpath', path, temporaryFile('junit.xml', xml)]).said;

  test('a case for each check, and a failure that says what was expected, seen and how to see it again', () => {
    const xml = renderJunit(checked);
    expect(xpath(xml, 'concat(/testsuites/@tests, " ", /testsuites/@failures)')).toBe('2 1\n');
    expect(xpath(xml, 'count(//testcase)')).toBe('2\n');
    expect(xpath(xml, 'string(//failure/@message)')).toBe(
      'expected at most 0.1 %, seen 12.9 %, <b>100%</b>\\x0a::error::&amp;]]>\n',
    );
    expect(xpath(xml, 'string(//failure)')).toContain(
      "reproduce  ratelimit check '<script>alert(1)</script>'",
    );
    expect(
      xpath(xml, 'string(//testsuite[@name="gcra"]//property[@name="burst.max_in_window"]/@value)'),
    ).toBe('198\n');
  });

  test('without checks a case for each row, with its verdict', () => {
    const xml = renderJunit(resultOf());
    expect(xpath(xml, 'count(//testcase)')).toBe('8\n');
    expect(xpath(xml, 'string(//testsuite[@name="gcra"]//system-out)')).toBe(
      'decides exactly as token-bucket does\n',
    );
  });
});

describe('OpenMetrics', () => {
  const promtool = tool(['promtool'], 'prometheus');

  test.each(cases)('%s: promtool finds nothing to complain of', async (_, result) => {
    const { code, said } = run(promtool, ['check', 'metrics'], await renderOpenMetrics(result));
    expect(said).toBe('');
    expect(code).toBe(0);
  });

  /** Prometheus reads its history from OpenMetrics, whose samples then need times. */
  test.each(cases)('%s: Prometheus reads it as OpenMetrics', async (_, result) => {
    const text = await renderOpenMetrics(result);
    const timed = text.replace(/^(?!#)(.+)$/gm, '$1 1700000000');
    const args = [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      temporaryFile('run.prom', timed),
      temporaryFolder('blocks'),
    ];
    const { code, said } = run(promtool, args);
    expect(said).not.toMatch(/error/i);
    expect(code).toBe(0);
  });

  test('figures by their paths, times in seconds, no sample where there is no figure', async () => {
    const text = await renderOpenMetrics(checked);
    const labels = (algorithm: string) =>
      `{scenario="boundary-burst",algorithm="${algorithm}",variant="",store="virtual",topology="ideal"}`;
    expect(text).toContain(`\nratelimit_accuracy_over_admitted${labels('gcra')} 6240\n`);
    expect(text).toContain(`\nratelimit_latency_p99_seconds${labels('leaky-bucket-queue')} 59.2\n`);
    expect(text).toContain('\nratelimit_traffic_keys{scenario="boundary-burst"} 50\n');
    expect(text).toMatch(/\nratelimit_check_passed\{.*algorithm="gcra".*\} 1\n/);
    expect(text).toMatch(/\nratelimit_check_passed\{.*algorithm="token-bucket".*\} 0\n/);
    expect(text).not.toMatch(/ratelimit_retry_after_late_p99_seconds\{.*concurrency/);
    expect(text).toMatch(/\n# EOF\n$/);
  });
});

describe('SARIF', () => {
  const schema = createRequire(import.meta.url).resolve(
    '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  );
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  );

  test.each(cases)('%s: valid by the schema', (_, result) => {
    validate(JSON.parse(renderSarif(result)));
    expect(validate.errors).toBeNull();
  });

  test('the schema refuses what is wrong', () => {
    expect(validate(JSON.parse(renderSarif(checked).replace('"ruleId"', '"rule"')))).toBe(false);
  });

  test('a result for each broken check, and none where all hold', () => {
    const [{ results, tool }] = JSON.parse(renderSarif(checked)).runs;
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ ruleId: 'accuracy.over_admitted_ratio', level: 'error' });
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'limits/50%25%2C%20%C3%BC%3A%3A%5Cx0a.yaml' },
      region: { startLine: 9 },
    });
    expect(results[0].message.text).toMatch(/should be at most 0\.1 % and is 12\.9 %/);
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain(results[0].ruleId);
    expect(JSON.parse(renderSarif(resultOf())).runs[0].results).toEqual([]);
  });
});
