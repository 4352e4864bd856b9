import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { exponential } from '../exponential.ts';
import type { Draw } from '../random.ts';
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
  #gapUs = Number.POSITIVE_INFINITY;

  /** The phases follow each other; what comes before the span is passed over, what comes after it is never asked for. */
  constructor(
    private readonly phases: Iterator<Phase>,
    private readonly span: Span,
    private readonly draw: Draw,
  ) {
    this.#nowUs = span.startUs;
    this.#untilUs = span.startUs;
  }

  fill({ timeUs }: ArrivalBatch, from: number, to: number): number {
    const { draw } = this;
    let nowUs = this.#nowUs;
    let untilUs = this.#untilUs;
    let gapUs = this.#gapUs;
    let row = from;
    while (row < to) {
      nowUs += exponential(draw) * gapUs;
      if (nowUs < untilUs) {
        timeUs[row++] = Math.floor(nowUs);
        continue;
      }
      nowUs = untilUs;
      if (!this.#nextPhase()) break;
      untilUs = this.#untilUs;
      gapUs = this.#gapUs;
    }
    this.#nowUs = nowUs;
    return row - from;
  }

  #nextPhase(): boolean {
    if (this.#untilUs >= this.span.stopUs) return false;
    const next = this.phases.next();
    const phase = next.done ? { ratePerSecond: 0, untilUs: this.span.stopUs } : next.value;
    this.#untilUs = Math.max(this.span.startUs, Math.min(phase.untilUs, this.span.stopUs));
    this.#gapUs = 1e6 / phase.ratePerSecond;
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
