/** The one place where the wall clock is read; simulated time never comes from here. */

/** Monotonic milliseconds, for measuring how long this machine took. */
export function wallClockMs(): number {
  return performance.now();
}

/** Now, as ISO 8601 in UTC, for files that say when they were measured. */
export function wallClockDate(): string {
  return new Date().toISOString();
}
