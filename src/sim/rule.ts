import type { Quota } from '../algorithms/algorithm.ts';
import type { Scope } from '../algorithms/composite/composite.ts';
import { UsageError } from '../errors.ts';
import { parseCount, parsePeriod, spellDuration } from '../units.ts';

/** One limit that requests must pass, and who shares it. */
export interface Rule {
  readonly quota: Quota;
  /** Whether the burst was named, or is the limit because nothing else was said. */
  readonly burstNamed: boolean;
  readonly per: Scope;
  /** The only tenant that it is meant for; absent when it is meant for all that have no rule of their own. */
  readonly tenant?: string;
}

const example = 'write it like 100/1m, 100/1m,burst=20 or 100/1s+5000/1m,per=tenant';
const scopes: readonly string[] = ['key', 'tenant', 'global'];

/** Reads `100/1m,burst=20,per=tenant`, several joined by `+`. Throws UsageError. */
export function parseRules(text: string): Rule[] {
  return text.split('+').map((part) => parseRule(part.trim()));
}

function parseRule(text: string): Rule {
  const [amount, ...settings] = text.split(',').map((part) => part.trim());
  const slash = amount.indexOf('/');
  if (slash < 0) throw new UsageError(`"${text}" is not a limit: it has no period; ${example}`);
  const limit = parseCount(amount.slice(0, slash));
  const periodUs = parsePeriod(amount.slice(slash + 1));
  const { burst, per } = parseSettings(text, settings);
  if (burst !== undefined && (limit === 0) !== (burst === 0)) {
    throw new UsageError(
      `"${text}": a burst of ${burst} does not go with a limit of ${limit}; leave out ",burst=${burst}"`,
    );
  }
  return { quota: { limit, periodUs, burst: burst ?? limit }, burstNamed: burst !== undefined, per };
}

function parseSettings(text: string, settings: readonly string[]): { burst?: number; per: Scope } {
  let burst: number | undefined;
  let per: Scope = 'key';
  const names = settings.map((setting) => setting.split('=')[0]);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) throw new UsageError(`"${text}": ${repeated} is set twice`);
  for (const setting of settings) {
    const [name, value = ''] = setting.split('=');
    if (name === 'burst') burst = parseCount(value);
    else if (name === 'per' && scopes.includes(value))
      per = value as Scope; // just looked up in the list of scopes
    else
      throw new UsageError(
        `"${text}": "${setting}" is not a setting of a limit; use burst=N or per=key|tenant|global`,
      );
  }
  return burst === undefined ? { per } : { burst, per };
}

/** The spelling that `parseRules` reads back. */
export function spellRules(rules: readonly Rule[]): string {
  return rules
    .map(({ quota, burstNamed, per, tenant }) => {
      const burst = burstNamed ? `,burst=${quota.burst}` : '';
      const scope = per === 'key' ? '' : `,per=${per}`;
      return `${quota.limit}/${spellDuration(quota.periodUs)}${burst}${scope}${tenant === undefined ? '' : ` for ${tenant}`}`;
    })
    .join(' + ');
}
