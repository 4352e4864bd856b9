/** The run as a JUnit file, which CI servers show among the tests. */
import XMLBuilder from 'fast-xml-builder';
import { figurePaths, isOfTraffic, readFigure } from '../sim/figure.ts';
import type { AlgorithmResult, Check, RunResult } from '../sim/result.ts';
import { detailsOf, subjectOf } from './checks.ts';
import { labelOf } from './rows.ts';
import { safeText } from './safe-text.ts';
import { verdictsOf } from './verdict.ts';

/** An element: names with @ are attributes, # is its text, arrays are elements of one name. */
type Element = { readonly [name: string]: string | number | Element | readonly Element[] };

/**
 * A suite for each row, with its figures as properties, and in it a case for each check of the row. Where nothing was
 * checked the only case of a row says in words what it did, so that the figures are kept with the build all the same.
 */
export function renderJunit(result: RunResult): string {
  const { scenario, checks = [] } = result;
  const suites = suitesOf(result);
  const testsuites = {
    '@name': `ratelimit ${safeText(scenario.name)}`,
    ...countsOf(checks.length === 0 ? suites.length : checks.length, checks),
    testsuite: suites,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites })}`;
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  format: true,
  suppressEmptyNode: true,
});

function suitesOf(result: RunResult): Element[] {
  const { checks, results } = result;
  if (checks === undefined || checks.length === 0) {
    return verdictsOf(result).map(({ row, verdict }) => {
      const spoken = { ...caseOf(result, labelOf(row), 'compared'), 'system-out': verdict };
      return suite(labelOf(row), [], [spoken], row);
    });
  }
  return [...new Set(checks.map(subjectOf))].map((subject) => {
    const own = checks.filter((check) => subjectOf(check) === subject);
    const cases = own.map((check) => checkCase(result, check));
    return suite(
      subject,
      own,
      cases,
      results.find((row) => labelOf(row) === subject),
    );
  });
}

function suite(
  name: string,
  checks: readonly Check[],
  cases: readonly Element[],
  row: AlgorithmResult | undefined,
): Element {
  const properties = row === undefined ? {} : { properties: { property: propertiesOf(row) } };
  return { '@name': name, ...countsOf(cases.length, checks), ...properties, testcase: cases };
}

function countsOf(tests: number, checks: readonly Check[]) {
  return { '@tests': tests, '@failures': checks.filter(({ passed }) => !passed).length, '@errors': 0 };
}

function propertiesOf(row: AlgorithmResult): Element[] {
  return figurePaths()
    .filter((path) => !isOfTraffic(path))
    .flatMap((path) => {
      const value = readFigure(row, path);
      return value === null ? [] : [{ '@name': path, '@value': value }];
    });
}

function checkCase(result: RunResult, check: Check): Element {
  const testcase = caseOf(result, subjectOf(check), `${safeText(check.field)} ${safeText(check.expected)}`);
  if (check.passed) return testcase;
  const message = `expected ${safeText(check.expected)}, seen ${safeText(check.seen)}`;
  return {
    ...testcase,
    failure: { '@type': 'expectation', '@message': message, '#': detailsOf(check).join('\n') },
  };
}

function caseOf({ scenario }: RunResult, subject: string, name: string): Element {
  return { '@name': name, '@classname': `${safeText(scenario.name)}.${subject}` };
}
