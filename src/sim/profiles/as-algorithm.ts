import * as z from 'zod';
import type { Algorithm, Quota } from '../../algorithms/algorithm.ts';
import { algorithms } from '../../algorithms/index.ts';
import { products } from '../../algorithms/products/index.ts';
import { UsageError } from '../../errors.ts';
import { profiles } from './index.ts';
import type { Profile } from './profile.ts';

/** The profile as a row of a comparison: its limiter under its name, with its parameters as the defaults. */
export function profileNamed(name: string): Algorithm | undefined {
  const profile = profiles.find((known) => known.name === name);
  return profile && asAlgorithm(profile);
}

function asAlgorithm({ name, title, params, algorithm, sources }: Profile): Algorithm {
  const limiter = limiterNamed(algorithm);
  return {
    ...limiter,
    name,
    title,
    sources,
    variants: [],
    params: withDefaults(limiter.params, params),
    create(quota, chosen, context) {
      requireUnits(quota, name);
      return limiter.create(quota, chosen, context);
    },
  };
}

/** The algorithm or the limiter of a product that a profile names. */
export function limiterNamed(name: string): Algorithm {
  return [...algorithms, ...products].find((known) => known.name === name)!; // profiles are held to this by a test
}

function withDefaults(schema: z.ZodObject, params: Profile['params']): z.ZodObject {
  const named = Object.entries(params).map(([name, value]) => [name, z.prefault(schema.shape[name], value)]);
  return schema.extend(Object.fromEntries(named));
}

/** Products take a limit of 0 each in its own way: as none, as an error, as a block. */
function requireUnits({ limit }: Quota, name: string): void {
  if (limit === 0) throw new UsageError(`${name}: a profile has no limit of 0; write 1 or more`);
}
