import fc from 'fast-check';

/** 1 by default, and then the same tries each time; THOROUGH=20 tries twenty times as many, new ones each time. */
const thoroughness = Number(process.env.THOROUGH ?? 1);

/** Fails with the smallest value found for which `law` throws. */
export function holdsFor<T>(values: fc.Arbitrary<T>, law: (value: T) => void, tries = 20): void {
  const seed = thoroughness === 1 ? { seed: 1909 } : {};
  fc.assert(fc.property(values, law), { ...seed, numRuns: tries * thoroughness });
}
