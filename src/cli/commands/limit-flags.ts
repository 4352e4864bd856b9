import { UsageError } from '../../errors.ts';
import { parseRules, type Rule } from '../../sim/rule.ts';
import { parseCount } from '../../units.ts';
import { flagged } from './flagged.ts';

/** What `--limit` says, with the burst of `--burst` in every limit. Throws UsageError that names the flag. */
export function rulesOf({ limit, burst }: { readonly limit: string; readonly burst?: string }): Rule[] {
  const rules = flagged('--limit', limit, parseRules);
  if (burst === undefined) return rules;
  if (rules.some(({ burstNamed }) => burstNamed)) {
    throw new UsageError('--burst: --limit names a burst as well; leave one of them out');
  }
  const units = flagged('--burst', burst, parseCount);
  return rules.map((rule) => {
    if ((rule.quota.limit === 0) !== (units === 0)) {
      throw new UsageError(`--burst: a burst of ${units} does not go with a limit of ${rule.quota.limit}`);
    }
    return { ...rule, quota: { ...rule.quota, burst: units }, burstNamed: true };
  });
}
