import type { LineCounts } from '../../traffic/source.ts';
import { KeyNames } from '../workload.ts';

/** One request that was really sent, and what a limiter said to it. */
export interface RecordedRequest {
  /** Whole microseconds since `Recording.epochUs`. */
  readonly sentUs: number;
  /** When the answer was there; the limiter decided between the two. Equal to `sentUs` where nobody noted it. */
  readonly answeredUs: number;
  /** Index into `Recording.keys`. */
  readonly key: number;
  readonly cost: number;
  readonly allowed: boolean;
  /** What a refusal told the client to wait; absent where it told nothing. */
  readonly retryAfterUs?: number;
}

/** Decisions of a limiter that ran somewhere, in the order in which they were asked for. */
export interface Recording {
  /** The format in words. */
  readonly format: string;
  /** Microseconds since 1970 of the first request, by the clock that wrote the times. */
  readonly epochUs: number;
  readonly requests: readonly RecordedRequest[];
  readonly keys: readonly string[];
  /** Whether `answeredUs` means something. */
  readonly hasLatency: boolean;
  readonly lines: LineCounts;
  readonly notes: readonly string[];
}

/** A decision as a format reads it, at times since 1970. */
export interface Decision {
  readonly sentUs: number;
  readonly answeredUs: number;
  readonly key: string;
  readonly cost: number;
  readonly allowed: boolean;
  readonly retryAfterUs?: number;
}

/** Collects decisions in any order. */
export class RecordingBuilder {
  readonly #names = new KeyNames();
  readonly #requests: RecordedRequest[] = [];
  readonly #skipped = new Map<string, number>();

  get used(): number {
    return this.#requests.length;
  }

  add({ key, ...decision }: Decision): void {
    this.#requests.push({ ...decision, key: this.#names.of(key) });
  }

  /** A line that holds a request which cannot be used. */
  skip(reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  finish({ format, hasLatency, notes }: Pick<Recording, 'format' | 'hasLatency' | 'notes'>): Recording {
    const sorted = this.#requests.sort((a, b) => a.sentUs - b.sentUs);
    const epochUs = sorted[0]?.sentUs ?? 0;
    const skipped = Object.fromEntries(this.#skipped);
    const read = sorted.length + Object.values(skipped).reduce((sum, lines) => sum + lines, 0);
    return {
      format,
      epochUs,
      requests: sorted.map((request) => ({
        ...request,
        sentUs: request.sentUs - epochUs,
        answeredUs: request.answeredUs - epochUs,
      })),
      keys: this.#names.texts,
      hasLatency,
      lines: { read, used: sorted.length, skipped },
      notes,
    };
  }
}
