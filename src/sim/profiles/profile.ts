/** How well a product is known: by its decisions, by its code, by its documents, or hardly at all. */
export const statuses = ['recorded', 'source read', 'documented', 'modelled'] as const;
export type Status = (typeof statuses)[number];

/** What differs between limiters that are called the same, each in a sentence. */
export interface Semantics {
  /** Whether refused requests count. */
  readonly refused: string;
  /** Where windows start, and what happens at the very instant of their end or of a tie. */
  readonly window: string;
  /** When units come back. */
  readonly refill: string;
  /** How many pass at one instant, and what a new key starts with. */
  readonly burst: string;
  /** Whose clock decides, and its resolution. */
  readonly clock: string;
  /** What becomes of a request of several units, of more than are left, and of more than there can ever be. */
  readonly cost: string;
  /** Several limits on one request. */
  readonly rules: string;
  /** How long state lives, what evicts it, and how it is changed. */
  readonly state: string;
  /** What happens when the store cannot be asked. */
  readonly failure: string;
  /** How nodes share a limit, and by how much they may overshoot it together. */
  readonly sync: string;
  /** What a client is told. */
  readonly headers: string;
}

/** What the product runs on, for the model of its deployment. */
export interface Reference {
  readonly store: string;
  readonly coordination: string;
  readonly gateway: string;
  readonly algorithm: string;
  /** One decision at the store, there and back: microseconds. Typical for its kind, not measured at the owner's. */
  readonly storeLatencyUs: number;
  /** The topology that it comes to, as `--topologies` reads it; `--topologies own` takes it. */
  readonly topology: string;
}

/** A product's limiter as it is deployed: plain data. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly status: Status;
  /** An algorithm, or the limiter of a product. */
  readonly algorithm: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** How `--limit N/P,burst=B` is written in the product's own settings. */
  readonly settings: string;
  readonly semantics: Semantics;
  readonly reference: Reference;
  /** What else a reader should know, such as why there is another variant. */
  readonly notes: readonly string[];
  /** Each with its date. */
  readonly sources: readonly string[];
}
