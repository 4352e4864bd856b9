import type * as z from 'zod';
import type { Draw } from '../random.ts';

/** A column of amounts: costs are 32-bit, durations are doubles. */
export type AmountColumn = Uint32Array | Float64Array;

/** Fills one column of one stream: what each request costs, or how long it lasts. */
export interface Amounts {
  fill(column: AmountColumn, from: number, to: number): void;
}

/** A field that reads to a number, from a number (costs) or from text (durations). */
type AmountField = z.ZodType<number, number | string>;

/**
 * How amounts of one kind are written. Every model's schema is made from these fields, so that costs and durations
 * have the same models.
 */
export interface AmountFields {
  /** An amount that a request can have. */
  readonly whole: AmountField;
  /** A mean or a median, above 0. */
  readonly real: AmountField;
}

/** A distribution of amounts with parameters `P`. */
export interface AmountModel<P> {
  readonly name: string;
  readonly title: string;
  schema(fields: AmountFields): z.ZodObject;
  /** Makes the function that draws one amount, which its caller rounds. */
  sampler(params: P, draw: Draw): () => number;
}

/** States a model; the types of its parameters follow from its schema. */
export function amountModel<S extends z.ZodObject>(
  model: { schema(fields: AmountFields): S } & AmountModel<z.output<S>>,
) {
  return model;
}
