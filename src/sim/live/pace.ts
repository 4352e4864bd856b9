import { setImmediate, setTimeout } from 'node:timers/promises';
import type { RunClock } from '../../stores/store.ts';
import { UsDistribution } from '../meters/quantiles.ts';
import { wallClockMs } from '../wall-clock.ts';

const timersAreLateByMs = 2;

/** When a request was sent, and when it should have been; in logical time that is the same. */
export interface Sent {
  readonly atMs: number;
  readonly dueMs: number;
}

/**
 * When the next request is sent. In logical time as soon as there is room; in wall time at its intended instant and not
 * before, whatever became of the earlier ones (an open loop), but for the bound on requests under way: one that has to
 * wait for room is late, and its latency counts from when it should have been sent.
 */
export class Pace {
  /** How much later than intended requests were sent, in real time. */
  readonly slip = new UsDistribution();
  readonly #speed: number | undefined;
  readonly #signal: AbortSignal | undefined;
  #startedMs = 0;

  constructor(clock: RunClock, signal: AbortSignal | undefined) {
    this.#speed = clock.kind === 'wall' ? clock.speed : undefined;
    this.#signal = signal;
  }

  /** Time 0 is now. */
  start(): void {
    this.#startedMs = wallClockMs();
  }

  /** The run's time that it is now, by our clock. */
  nowUs(timeUs: number): number {
    return this.#speed === undefined
      ? timeUs
      : Math.floor((wallClockMs() - this.#startedMs) * 1e3 * this.#speed);
  }

  isDue(timeUs: number): boolean {
    return this.#speed === undefined || this.#dueMs(timeUs) <= wallClockMs();
  }

  /** Waits for the intended instant: asleep while it is far, and then looking at the clock, as timers are late. */
  async untilDue(timeUs: number): Promise<void> {
    while (!this.isDue(timeUs) && !this.#signal?.aborted) {
      const leftMs = this.#dueMs(timeUs) - wallClockMs();
      if (leftMs > timersAreLateByMs) await this.#sleep(leftMs - timersAreLateByMs);
      else await setImmediate();
    }
  }

  /** To be called when a request is sent. */
  sent(timeUs: number): Sent {
    const atMs = wallClockMs();
    if (this.#speed === undefined) return { atMs, dueMs: atMs };
    const dueMs = this.#dueMs(timeUs);
    this.slip.record(Math.round(Math.max(0, atMs - dueMs) * 1e3));
    return { atMs, dueMs };
  }

  #dueMs(timeUs: number): number {
    return this.#startedMs + timeUs / 1e3 / (this.#speed ?? 1);
  }

  async #sleep(ms: number): Promise<void> {
    const longestMs = 2 ** 31 - 1; // what a timer can hold
    const options = this.#signal ? { signal: this.#signal } : {};
    await setTimeout(Math.min(ms, longestMs), undefined, options).catch(() => {}); // woken by the signal
  }
}
