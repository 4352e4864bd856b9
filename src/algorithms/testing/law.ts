import fc from 'fast-check';

/** 1 by default, and then the same tries each time; THOROUGH=20 tries twenty times as many, new ones each time. */
const thoroughness = Number(process.env.THOROUGH ?? 1);

const settings = (tries: number) => ({
  ...(thoroughness === 1 && { seed: 1909 }),
  numRuns: tries * thoroughness,
});

/** Fails with the smallest value found for which `law` throws. */
export function holdsFor<T>(values: fc.Arbitrary<T>, law: (value: T) => void, tries = 20): void {
  fc.assert(fc.property(values, law), settings(tries));
}

/** The same for a law that has to wait. */
export async function holdsInTimeFor<T>(
  values: fc.Arbitrary<T>,
  law: (value: T) => Promise<void>,
  tries = 20,
): Promise<void> {
  await fc.assert(fc.asyncProperty(values, law), settings(tries));
}
