/** The header fields that tell clients how they stand: docs/serve.md shows each style, and names its source. */
import { serializeList } from 'structured-headers';
import { oneOf } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { type Rule, spellRules } from '../sim/rule.ts';
import type { Standing } from '../stores/store.ts';

type Fields = Record<string, string>;
/** `standings`: one for each rule, absent where the store does not tell. `unixUs` is now. */
type Style = (
  rules: readonly Rule[],
) => (standings: readonly Standing[] | undefined, unixUs: number) => Fields;

/** Structured fields know whole numbers of 15 digits. */
const mostInField = 999_999_999_999_999;

/** draft-ietf-httpapi-ratelimit-headers-08 and later: lists of structured fields. */
const draft: Style = (rules) => {
  const names = rules.map((rule) => spellRules([rule]));
  const policy = serializeList(
    rules.map(({ quota }, at) => [
      names[at],
      parameters({ q: quota.limit, w: windowSeconds(quota.periodUs) }),
    ]),
  );
  return (standings) => ({
    'ratelimit-policy': policy,
    ...(standings && {
      ratelimit: serializeList(
        standings.map(({ remaining, moreInUs }, at) => [
          names[at],
          parameters({
            r: remaining,
            t: moreInUs === Number.POSITIVE_INFINITY ? undefined : seconds(moreInUs),
          }),
        ]),
      ),
    }),
  });
};

/** Of the same draft, version 07: one field with everything. */
const draft7: Style = (rules) => (standings) => ({
  ...olderPolicy(rules),
  ...tightest(rules, standings, ({ limit, remaining, resetSeconds }) => ({
    ratelimit: `limit=${limit}, remaining=${remaining}, reset=${resetSeconds}`,
  })),
});

/** Versions 03 to 06: a field for each number. */
const draft6: Style = (rules) => (standings) => ({
  ...olderPolicy(rules),
  ...tightest(rules, standings, ({ limit, remaining, resetSeconds }) => ({
    'ratelimit-limit': `${limit}`,
    'ratelimit-remaining': `${remaining}`,
    'ratelimit-reset': `${resetSeconds}`,
  })),
});

/** The custom that came before; its reset is a time of day, as GitHub has it. */
const xRateLimit: Style = (rules) => (standings, unixUs) =>
  tightest(rules, standings, ({ limit, remaining, resetUs }) => ({
    'x-ratelimit-limit': `${limit}`,
    'x-ratelimit-remaining': `${remaining}`,
    'x-ratelimit-reset': `${seconds(unixUs + resetUs)}`,
  }));

const styles = { draft, 'draft-7': draft7, 'draft-6': draft6, 'x-ratelimit': xRateLimit };
type StyleName = keyof typeof styles;
const styleNames = Object.keys(styles) as StyleName[]; // the keys of a literal are its type's keys

/** Reads `draft,x-ratelimit` or `none`. Throws UsageError, also for styles that write the same field in two ways. */
export function parseHeaderStyles(text: string): readonly StyleName[] {
  if (text === 'none') return [];
  const thereAre = `there are ${styleNames.join(', ')}, and none`;
  const names = text.split(',').map((name) => oneOf('style', name.trim(), styleNames, thereAre));
  if (names.includes('draft') && names.some((name) => name.startsWith('draft-')))
    throw new UsageError(
      `"${text}": draft and the older drafts write RateLimit-Policy each in its own way; choose one`,
    );
  return names;
}

/** How to write the fields of a decision. */
export function rateLimitFields(
  names: readonly StyleName[],
  rules: readonly Rule[],
): (standings: readonly Standing[] | undefined, unixUs: number) => Fields {
  const writers = names.map((name) => styles[name](rules));
  return (standings, unixUs) => Object.assign({}, ...writers.map((write) => write(standings, unixUs)));
}

/** Whole seconds, never too few: who waits so long is not too early. */
export function seconds(us: number): number {
  return Math.ceil(us / 1e6);
}

/** A policy's window is in whole seconds; for another none is told. */
function windowSeconds(periodUs: number): number | undefined {
  return periodUs % 1e6 === 0 ? periodUs / 1e6 : undefined;
}

function parameters(values: Readonly<Record<string, number | undefined>>): Map<string, number> {
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return new Map(known.map(([name, value]) => [name, Math.min(value, mostInField)]));
}

function olderPolicy(rules: readonly Rule[]): Fields {
  const policies = rules.map(({ quota }) => `${quota.limit};w=${Math.ceil(quota.periodUs / 1e6)}`);
  return { 'ratelimit-policy': policies.join(', ') };
}

interface Tightest {
  readonly limit: number;
  readonly remaining: number;
  readonly resetUs: number;
  readonly resetSeconds: number;
}

/** The older styles have room for one limit: the one with the least remaining. */
function tightest(
  rules: readonly Rule[],
  standings: readonly Standing[] | undefined,
  write: (tightest: Tightest) => Fields,
): Fields {
  if (!standings) return {};
  const remaining = Math.min(...standings.map((standing) => standing.remaining));
  const at = standings.findIndex((standing) => standing.remaining === remaining);
  const { moreInUs } = standings[at];
  const resetUs = moreInUs === Number.POSITIVE_INFINITY ? 0 : moreInUs; // nothing is used, or nothing ever passes
  return write({ limit: rules[at].quota.limit, remaining, resetUs, resetSeconds: seconds(resetUs) });
}
