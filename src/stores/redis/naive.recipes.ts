/** The naive recipes as their tests take them. */
import { algorithms } from '../../algorithms/index.ts';
import type { NaiveRequest } from '../../algorithms/redis/naive.ts';
import type { Request } from '../../algorithms/testing/limiters.ts';

export const dayMs = 86_400_000; // logical time says nothing about when a key may expire

export const recipes = algorithms.flatMap((algorithm) =>
  Object.entries(algorithm.redis!.naive).map(([access, recipe]) => ({
    name: `${algorithm.name} ${access}`,
    algorithm,
    recipe,
  })),
);

let names = 0;

/** A text that no test has had before. */
export function newName(): string {
  return String(names++);
}

export function naiveRequest({ atUs, cost, durationUs }: Request, key: string): NaiveRequest {
  return { key, id: newName(), nowUs: atUs, cost, durationUs, keepMs: dayMs };
}
