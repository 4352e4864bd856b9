import type * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import type { Model } from '../model.ts';
import type { Draw, RandomStream } from '../random.ts';

/** The stretch of a run in which a stream sends: from `startUs` until just before `stopUs`. */
export interface Span {
  readonly startUs: number;
  readonly stopUs: number;
}

/** A stretch over which a rate stays as it is, or changes evenly. Requests per second. */
export interface RatePiece extends Span {
  readonly from: number;
  readonly to: number;
}

/** Requests of one stream, in time order. */
export interface Arrivals {
  /**
   * Writes the times of the next requests to rows `from` up to `to`, and their keys where the model has clients.
   * Times are whole microseconds inside the span and never go backwards. Allocates nothing.
   * Returns the number of rows written; fewer than asked for means that the stream has ended.
   */
  fill(batch: ArrivalBatch, from: number, to: number): number;
}

/** What a model needs besides its parameters. */
export interface ArrivalSite {
  readonly span: Span;
  readonly draw: RandomStream;
  /** For the lengths of phases. Gaps are drawn ahead of them, so they do not share `draw`. */
  readonly drawPhases: Draw;
  /** Where a model with clients writes its keys: client 0 is this key. */
  readonly firstKey: number;
}

/** A way in which requests come, with parameters `P`. Methods, not fields: `arrivalModels` holds them all as one. */
export interface ArrivalModel<P> extends Model {
  /** How many requests the span is expected to bring. */
  expected(params: P, span: Span): number;
  /** How many clients send; present where the model itself decides which client sends when, hence the key. */
  clients?(params: P): number;
  /** The same shape at `factor` times the rate; absent where a rate cannot be told from the rest. */
  scale?(params: P, factor: number): P;
  /** The mean rate over the span, piece by piece without gaps; absent where there is more to the model than its rate. */
  rates?(params: P, span: Span): readonly RatePiece[];
  /** Whether requests come independently of each other, at the rate of `rates`, which stays as it is within a piece. */
  readonly independent?: true;
  begin(params: P, site: ArrivalSite): Arrivals;
}

/** States a model; the types of its parameters follow from its schema. */
export function arrivalModel<S extends z.ZodObject>(
  model: { readonly schema: S } & ArrivalModel<z.output<S>>,
) {
  return model;
}

/** Requests that a steady rate brings in a span. */
export function steady(ratePerSecond: number, { startUs, stopUs }: Span): number {
  return (ratePerSecond / 1e6) * (stopUs - startUs);
}
