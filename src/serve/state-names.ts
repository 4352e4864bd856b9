import { createHash } from 'node:crypto';
import { widestOf } from '../sim/live/state-names.ts';
import type { Rule } from '../sim/rule.ts';
import { spellRules } from '../sim/rule.ts';
import { type Selection, spellSelection } from '../sim/selection.ts';

/**
 * What the names of a service's state begin with. Services with the same algorithm and limits share their state; others
 * do not, since they could not read it.
 */
export function sharedPrefix(selection: Selection, rules: readonly Rule[]): string {
  return `ratelimit:serve:${digest(`${spellSelection(selection)} ${spellRules(rules)}`).slice(0, 8)}:`;
}

/**
 * Names the state of each rule, in one slot of a cluster. A name holds digests and never the key itself: keys may be
 * credentials, of any length, and written to look like somebody else's name.
 */
export function serviceStateNames(
  rules: readonly Rule[],
  prefix: string,
): (key: string, tenant: string) => readonly string[] {
  const widest = widestOf(rules.map(({ per }) => per));
  return (key, tenant) => {
    const who = { key: digest(key), tenant: digest(tenant), global: 'all' };
    if (rules.length === 1) return [`${prefix}{${who[widest]}}`];
    return rules.map(({ per }, at) => `${prefix}{${who[widest]}}:${at}:${who[per]}`);
  };
}

/** 132 bits, in letters that are safe in every store. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
