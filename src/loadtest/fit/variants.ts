/** The algorithms that are tried, with every way to set them. */
import * as z from 'zod';
import type { Algorithm, Quota, Variant } from '../../algorithms/algorithm.ts';
import { algorithms } from '../../algorithms/index.ts';
import { UsageError } from '../../errors.ts';
import { findAlgorithm, type Selection, select, validParams } from '../../sim/selection.ts';
import type { Hypothesis } from './kind.ts';

const smallest = { limit: 1, periodUs: 1e6, burst: 3 };

/** Every setting of every parameter that is a choice, and the variants that are known by name. */
export function variants(): Selection[] {
  return algorithms
    .filter(({ needsDurations }) => !needsDurations)
    .flatMap((algorithm) => {
      const bases = [{}, ...algorithm.variants.map(({ params }) => params)];
      const settings = bases.flatMap((base) => choices(algorithm, base));
      return settings.map((params) => select(algorithm.name, params));
    })
    .filter((selection) => holdsBackIfItCan({ selection, quota: smallest }));
}

/** Of two numbers of windows the nearer need not explain more, so that all small ones are looked at. */
const smallNumbers = Array.from({ length: 12 }, (_, at) => at + 1);

/** The same with another number of what is counted, above what is usual; more windows than units are a log. */
export function settingsNear({ algorithm: name, params }: Selection, quota: Quota): Selection[] {
  const { properties = {} } = z.toJSONSchema(findAlgorithm(name).params, { io: 'input' });
  return Object.entries(params).flatMap(([field, value]) => {
    const property = properties[field];
    if (typeof value !== 'number' || typeof property !== 'object') return [];
    const usual = Number(property.default ?? 0);
    return [...new Set([...smallNumbers, value - 1, value + 1, Math.round(value / 2), value * 2])]
      .filter((next) => next > usual && next !== value && next <= Math.max(quota.limit, quota.burst))
      .map((next) => select(name, { ...params, [field]: next }))
      .filter((next) => isPossible(next, quota));
  });
}

/** Whether such a limiter can be: windows may not divide into what they are cut into. */
export function isPossible({ algorithm: name, params }: Selection, quota: Quota): boolean {
  const algorithm = findAlgorithm(name);
  try {
    algorithm.create(quota, validParams(algorithm, params), { epochUs: 0 });
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** Whether it is no queue, or one that holds something back: else it is the leaky bucket under another name. */
export function holdsBackIfItCan({ selection, quota }: Pick<Hypothesis, 'selection' | 'quota'>): boolean {
  const algorithm = findAlgorithm(selection.algorithm);
  if (!algorithm.holdsBack) return true;
  const limiter = algorithm.create(quota, validParams(algorithm, selection.params), { epochUs: 0 });
  limiter.reserve(1);
  limiter.take(0, 0, quota.burst - 1, 0);
  return limiter.take(0, 0, 1, 0) > 0;
}

/**
 * A base with all combinations of the choices of a schema that it leaves open, without defaults and what variants have. Of a number
 * that no variant has, 0 and 1 if there is no default, else 1 more.
 */
function choices({ params, variants: named }: Algorithm, base: Variant['params']): Variant['params'][] {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' });
  let combinations = [base];
  for (const [name, property] of Object.entries(properties)) {
    if (Object.hasOwn(base, name) || typeof property !== 'object') continue;
    const ofVariants = named.map((variant) => variant.params[name]).filter((value) => value !== undefined);
    if (ofVariants.length > 0 && !property.enum) continue; // a number, which is searched from there
    const others = valuesOf(property).filter((value) => ![property.default, ...ofVariants].includes(value));
    combinations = combinations.flatMap((chosen) => [
      chosen,
      ...others.map((value) => ({ ...chosen, [name]: value })),
    ]);
  }
  return combinations;
}

function valuesOf({ type, enum: named, default: usual }: z.core.JSONSchema.JSONSchema): unknown[] {
  if (named) return named;
  if (type === 'boolean') return [false, true];
  if (!type?.includes('number')) return [];
  return usual === undefined ? [0, 1] : [Number(usual) + 1];
}
