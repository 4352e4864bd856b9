/** Checks in words and in order, for all reports that show them. */
import type { Check } from '../sim/result.ts';
import { labelOf } from './rows.ts';
import { safeText } from './safe-text.ts';
import { counted } from './words.ts';

/** `2 of 12 checks are broken.`, `All 12 checks passed.` */
export function checksInWords(checks: readonly Check[]): string {
  const broken = checks.filter(({ passed }) => !passed).length;
  if (broken > 0)
    return `${broken} of ${counted(checks.length, 'check')} ${broken === 1 ? 'is' : 'are'} broken.`;
  return checks.length === 1 ? 'The check passed.' : `All ${checks.length} checks passed.`;
}

/** The row that a check or a change is about, or the traffic, which is the same for all rows. */
export function subjectOf(about: Pick<Check, 'algorithm' | 'variant' | 'topology' | 'clients'>): string {
  return about.algorithm === '' ? 'traffic' : labelOf(about);
}

/** `gcra: latency.p99_us`. */
export function nameOfCheck(check: Check): string {
  return `${subjectOf(check)}: ${safeText(check.field)}`;
}

/** What broke a check, a line for each of expected, seen and how to see it again. */
export function detailsOf(check: Check): string[] {
  return [
    `expected   ${safeText(check.expected)}`,
    `seen       ${safeText(check.seen)}`,
    `reproduce  ${safeText(check.reproduce)}`,
  ];
}
