const secondUs = 1e6;
const hourUs = 3600e6;
/** Distinct stamps that must agree before a step coarser than a second is believed. */
const enoughStamps = 20;

/**
 * Stamps that are all whole seconds were cut to seconds, or to a coarser step that all of them are multiples of (a
 * minute, the 3 s of some published traces).
 */
export function grainOf(stamps: readonly number[]): number {
  if (stamps.length === 0) return 0;
  let step = 0;
  for (const us of stamps) {
    step = gcd(step, Math.abs(us));
    if (step % secondUs !== 0) return 0;
  }
  if (step === 0) return secondUs;
  const distinct = new Set(stamps).size;
  return distinct >= enoughStamps && step <= hourUs ? step : secondUs;
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
