import type { Algorithm } from '../algorithms/algorithm.ts';
import { algorithms } from '../algorithms/index.ts';
import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import type { Deployment } from './deployment/deployment.ts';
import { profileNamed } from './profiles/as-algorithm.ts';
import { findProfile, profileNames } from './profiles/index.ts';
import { checkedParams } from './settings.ts';

/** One row of a comparison: an algorithm with its parameters. Plain data. */
export interface Selection {
  readonly algorithm: string;
  /** What sets this row apart from the algorithm's plain form; empty for the plain form. */
  readonly variant: string;
  /** As the user gave them, validated; defaults are not filled in. */
  readonly params: Readonly<Record<string, unknown>>;
  /** How a store is asked, where it is not by the algorithm's one atomic step. */
  readonly access?: string;
  /** Where it is decided, when it is not at the one ideal place. */
  readonly deployment?: Deployment;
}

/** An algorithm, or the limiter of a profile under the profile's name. Throws UsageError with the nearest name. */
export function findAlgorithm(name: string): Algorithm {
  const found = algorithms.find((algorithm) => algorithm.name === name) ?? profileNamed(name);
  if (found) return found;
  const names = algorithms.map((algorithm) => algorithm.name);
  const whatElse = `there are ${names.join(', ')}, and the profiles that "ratelimit profiles" lists`;
  throw new UsageError(noneCalled('algorithm', name, [...names, ...profileNames], whatElse));
}

/**
 * Reads `gcra,token-bucket:refill=interval,all`. A name may be followed by parameters, each after a colon; `all` is every
 * algorithm with its variants.
 */
export function parseSelections(text: string): Selection[] {
  const selections = text.split(',').flatMap((part) => {
    const [name, ...settings] = part.trim().split(':');
    return name === 'all' ? allSelections() : [select(name, parseParams(settings))];
  });
  const named = (selection: Selection) => JSON.stringify(selection);
  return selections.filter(
    (selection, at) => selections.findIndex((other) => named(other) === named(selection)) === at,
  );
}

/** Reads `kong-redis,nginx:nodelay=true,all`: profiles, as rows. `all` is every profile. */
export function parseProfiles(text: string): Selection[] {
  const names = text.split(',').map((part) => part.trim());
  for (const name of names) if (name !== 'all') findProfile(name.split(':')[0]);
  return parseSelections(names.map((name) => (name === 'all' ? profileNames.join(',') : name)).join(','));
}

/** Every algorithm and each of its variants. */
export function allSelections(): Selection[] {
  return algorithms.flatMap(({ name, variants }) => [
    select(name, {}),
    ...variants.map((variant) => ({ algorithm: name, variant: variant.name, params: variant.params })),
  ]);
}

/** Every algorithm in its plain form. */
export function plainSelections(): Selection[] {
  return algorithms.map(({ name }) => select(name, {}));
}

/**
 * Throws UsageError when the algorithm or one of its parameters does not exist or has a wrong value. `access` among them is
 * not the algorithm's but says how a store is asked.
 */
export function select(name: string, settings: Readonly<Record<string, unknown>>): Selection {
  const algorithm = findAlgorithm(name);
  const { access, ...params } = settings;
  validParams(algorithm, params);
  const known = algorithm.variants.find(
    (variant) => JSON.stringify(variant.params) === JSON.stringify(params),
  );
  const variant = known?.name ?? spellParams(params);
  return { algorithm: name, variant, params, ...(access !== undefined && { access: String(access) }) };
}

/** `['refill=interval', 'initial=0']` to a record; numbers, true and false are read as such, the rest is text. */
export function parseParams(settings: readonly string[]): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const name = setting.slice(0, equals);
    if (equals <= 0) throw new UsageError(`parameter "${setting}" has no value; write it as name=value`);
    if (Object.hasOwn(params, name)) throw new UsageError(`parameter "${name}" is set twice`);
    params[name] = parseValue(setting.slice(equals + 1));
  }
  return params;
}

function parseValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** As rows are labelled: `token-bucket refill=interval`, `fixed-window access=get-then-set`. */
export function selectionName({
  algorithm,
  variant,
  access,
}: Pick<Selection, 'algorithm' | 'variant' | 'access'>): string {
  const parts = [algorithm, variant, access && `access=${access}`];
  return parts.filter(Boolean).join(' ');
}

/** `refill=interval initial=0` */
export function spellParams(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${spellValue(value)}`)
    .join(' ');
}

/** A distribution is spelled by its model; all else as it is. */
function spellValue(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Object.values(value).map(String).join('/')
    : String(value);
}

/** The spelling that `parseSelections` reads back: `token-bucket:refill=interval:initial=0`. */
export function spellSelection({
  algorithm: name,
  variant,
}: Pick<Selection, 'algorithm' | 'variant'>): string {
  const known = findAlgorithm(name).variants.find((candidate) => candidate.name === variant);
  const params = known ? spellParams(known.params) : variant;
  return [name, ...params.split(' ').filter((setting) => setting !== '')].join(':');
}

/** Parameters with their defaults. */
export function validParams(
  algorithm: Algorithm,
  params: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return checkedParams(algorithm, params, 'parameter');
}
