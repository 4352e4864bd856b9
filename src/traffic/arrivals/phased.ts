import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { Exponentials } from '../exponential.ts';
import type { RandomStream } from '../random.ts';
import type { Arrivals, RatePiece, Span } from './model.ts';

/** A stretch of time with one rate. */
export interface Phase {
  readonly ratePerSecond: number;
  readonly untilUs: number;
}

/**
 * Poisson arrivals whose rate changes from phase to phase: exact, because a Poisson process has no memory. A gap that
 * reaches beyond its phase is thrown away, and a new one is drawn from the start of the next phase at its rate.
 * The time is kept as a double and only its output is rounded down, so that rounding does not slow the rate.
 */
export class PhasedPoisson implements Arrivals {
  #nowUs: number;
  #untilUs: number;
  /** Mean gap in this phase; Infinity where nothing comes. */
  #meanGapUs = Number.POSITIVE_INFINITY;
  readonly #exponentials: Exponentials;
  readonly #gaps = new Float64Array(512); // drawn ahead, of mean 1
  #at = this.#gaps.length;

  /**
   * The phases follow each other; what comes before the span is passed over, what comes after it is never asked for. Gaps are
   * drawn ahead, so nothing else may use their numbers.
   */
  constructor(
    private readonly phases: Iterator<Phase>,
    private readonly span: Span,
    draw: RandomStream,
  ) {
    this.#exponentials = new Exponentials(draw);
    this.#nowUs = span.startUs;
    this.#untilUs = span.startUs;
  }

  fill({ timeUs }: ArrivalBatch, from: number, to: number): number {
    let row = from;
    while (row < to) {
      row = this.#fillPhase(timeUs, row, to);
      if (this.#nowUs >= this.#untilUs && !this.#nextPhase()) break;
    }
    return row - from;
  }

  /** Writes rows until the phase is over or no gap is at hand; answers the first that is not written. */
  #fillPhase(timeUs: Float64Array, from: number, to: number): number {
    if (this.#at === this.#gaps.length) this.#drawGaps();
    const gaps = this.#gaps;
    const untilUs = this.#untilUs;
    const meanGapUs = this.#meanGapUs;
    let nowUs = this.#nowUs;
    let row = from;
    let at = this.#at;
    const end = Math.min(gaps.length, at + to - from);
    while (at < end) {
      nowUs += gaps[at++] * meanGapUs;
      if (nowUs >= untilUs) break;
      timeUs[row++] = Math.floor(nowUs);
    }
    this.#nowUs = nowUs;
    this.#at = at;
    return row;
  }

  #drawGaps(): void {
    this.#exponentials.fill(this.#gaps);
    this.#at = 0;
  }

  #nextPhase(): boolean {
    this.#nowUs = this.#untilUs;
    if (this.#untilUs >= this.span.stopUs) return false;
    const next = this.phases.next();
    const phase = next.done ? { ratePerSecond: 0, untilUs: this.span.stopUs } : next.value;
    this.#untilUs = Math.max(this.span.startUs, Math.min(phase.untilUs, this.span.stopUs));
    this.#meanGapUs = 1e6 / phase.ratePerSecond;
    return true;
  }
}

/** Requests that a list of phases is expected to bring inside a span. The first phase begins at the run's start. */
export function expectedOfPhases(phases: readonly Phase[], span: Span): number {
  return ratesOfPhases(phases, span).reduce(
    (sum, { startUs, stopUs, from }) => sum + (from / 1e6) * (stopUs - startUs),
    0,
  );
}

/** The phases that lie inside a span, cut to it. The first phase begins at the run's start. */
export function ratesOfPhases(phases: readonly Phase[], span: Span): RatePiece[] {
  return phases
    .map(({ ratePerSecond, untilUs }, at) => ({
      startUs: Math.max(at === 0 ? 0 : phases[at - 1].untilUs, span.startUs),
      stopUs: Math.min(untilUs, span.stopUs),
      from: ratePerSecond,
      to: ratePerSecond,
    }))
    .filter(({ startUs, stopUs }) => stopUs > startUs);
}
