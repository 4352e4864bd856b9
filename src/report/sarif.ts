/** Broken checks as SARIF 2.1.0, which code hosts show beside the code. */

import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { indentedJson } from '../indented-json.ts';
import type { Check, RunResult } from '../sim/result.ts';
import { nameOfCheck, subjectOf } from './checks.ts';
import { safeText } from './safe-text.ts';

/** A rule for each figure that was checked, a result for each check that is broken; none where all hold. */
export function renderSarif(result: RunResult): string {
  const { checks = [], version, partial } = result;
  const figures = [...new Set(checks.map(({ field }) => field))];
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ratelimit', version: safeText(version), rules: figures.map(ruleOf) } },
        invocations: [{ executionSuccessful: !partial }],
        results: checks.filter(({ passed }) => !passed).map((check) => resultOf(check, result)),
      },
    ],
  };
  return indentedJson(log);
}

function ruleOf(field: string): ReportingDescriptor {
  const text = `${safeText(field)} is as expected`;
  return { id: safeText(field), shortDescription: { text }, defaultConfiguration: { level: 'error' } };
}

function resultOf(check: Check, { scenario }: RunResult): Result {
  const { field, expected, seen, reproduce } = check;
  const name = safeText(scenario.name);
  // Hosts refuse a file in which any result is nowhere: what a flag expects is put where its scenario may be.
  const { file, line } = check.place ?? { file: `${name}.yaml`, line: 1 };
  const [subject, figure] = [subjectOf(check), safeText(field)];
  return {
    ruleId: figure,
    level: 'error',
    message: {
      text: `${subject}: ${figure} should be ${safeText(expected)} and is ${safeText(seen)}. Reproduce: ${safeText(reproduce)}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line },
        },
        logicalLocations: [{ fullyQualifiedName: `${name}/${subject}/${figure}` }],
      },
    ],
    partialFingerprints: { 'check/v1': fingerprint(`${name}: ${nameOfCheck(check)} ${check.expectation}`) },
  };
}

function uriOf(file: string): string {
  return safeText(file).split('/').map(encodeURIComponent).join('/');
}

/** The same check of the same scenario is the same alert, whatever was seen. */
function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
