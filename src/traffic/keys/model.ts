import type * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import type { Model } from '../model.ts';
import type { RandomStream } from '../random.ts';

/** Who sends each request of one stream. */
export interface KeyChooser {
  /** Writes `key` (and `tenant`, where the model has tenants) of rows `from` up to `to`, whose times are known. */
  fill(batch: ArrivalBatch, from: number, to: number): void;
}

/** Keys that a model draws from, as one range of key numbers. */
export interface KeyGroup {
  /** The tenant whose users they are; absent where the keys are the stream's own. */
  readonly tenant?: string;
  readonly keys: number;
}

/** What a model needs besides its parameters. */
export interface KeySite {
  readonly draw: RandomStream;
  /** The first key of each group, in the order of `groups`; an unbounded model has one, its first new key. */
  readonly firstKeys: readonly number[];
  /** The tenant number of each group. */
  readonly tenants: readonly number[];
  /** How far apart the keys of an unbounded model are; several such models take turns. */
  readonly keyStep: number;
  readonly startUs: number;
}

/** A way in which requests spread over keys, with parameters `P`. Methods: `keyModels` holds them all as one. */
export interface KeyModel<P> extends Model {
  /** The ranges that the keys come from; none where new keys come without end. */
  groups(params: P): readonly KeyGroup[];
  /** How many keys are expected in a stretch of `spanUs`, for a model without groups. */
  unbounded?(params: P, spanUs: number): number;
  /** How often each key of the only group asks, relative to the others; absent where more than that decides. */
  weights?(params: P): Float64Array;
  begin(params: P, site: KeySite): KeyChooser;
}

/** States a model; the types of its parameters follow from its schema. */
export function keyModel<S extends z.ZodObject>(model: { readonly schema: S } & KeyModel<z.output<S>>) {
  return model;
}
