/** The one place where the wall clock is read; simulated time never comes from here. */

/** Monotonic milliseconds, for measuring how long this machine took. */
export function wallClockMs(): number {
  return performance.now();
}

/** Whole microseconds since 1970. Never goes backwards while the process lives, whatever is done to the machine's clock. */
export function unixTimeUs(): number {
  return Math.floor((performance.timeOrigin + performance.now()) * 1e3);
}

/** Now, as ISO 8601 in UTC, for files that say when they were measured. */
export function wallClockDate(): string {
  return new Date().toISOString();
}
