/** The one place where the wall clock is read; simulated time never comes from here. */

/** Monotonic milliseconds, for measuring how long this machine took. */
export function wallClockMs(): number {
  return performance.now();
}
