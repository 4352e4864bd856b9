/** Checks in words and in order, for all reports that show them. */
import type { Check } from '../sim/result.ts';
import { counted } from './words.ts';

/** `2 of 12 checks are broken.`, `All 12 checks passed.` */
export function checksInWords(checks: readonly Check[]): string {
  const broken = checks.filter(({ passed }) => !passed).length;
  if (broken > 0)
    return `${broken} of ${counted(checks.length, 'check')} ${broken === 1 ? 'is' : 'are'} broken.`;
  return checks.length === 1 ? 'The check passed.' : `All ${checks.length} checks passed.`;
}

export function brokenFirst(checks: readonly Check[]): Check[] {
  return [...checks].sort((a, b) => Number(a.passed) - Number(b.passed));
}
