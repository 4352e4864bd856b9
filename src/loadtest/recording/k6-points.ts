import { type Decision, type Recording, RecordingBuilder } from './recording.ts';

/** One sample of k6: a metric at a time, with its tags and metadata. */
export interface Point {
  readonly metric: string;
  readonly value: number;
  readonly timeUs: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface PointOptions {
  /** Status that is a refusal. */
  readonly refusedStatus: readonly number[];
  /** Tag or metadata that tells clients apart; the usual names are tried when it is not given. */
  readonly keyField?: string;
}

const usualKeys = ['key', 'tenant', 'client', 'user'];

const ofProtocol = ['http_req_duration', 'grpc_req_duration'];

/** Metrics that are read. */
export const metricsRead = [
  ...ofProtocol,
  'ratelimit_retry_after',
  'ratelimit_refused',
  'ratelimit_unexpected',
];

/**
 * Decisions out of the samples of a run: one `http_req_duration` a request, whose time is the end of the response and
 * whose value the milliseconds since sending. Tests that `ratelimit k6` wrote say in the metadata which request it was;
 * there `ratelimit_retry_after` tells what a refusal advised. Requests of the probe and of the floor are left out. A
 * request by gRPC has one status whatever was decided; there the counters of the test tell.
 */
export class K6Points {
  readonly #builder = new RecordingBuilder();
  readonly #decisions: (Decision & { readonly request?: string })[] = [];
  readonly #retryAfterUs = new Map<string, number>();
  readonly #options: PointOptions;
  /** What the counters of a test say of requests by gRPC. */
  readonly #counted = new Map<string, 'ratelimit_refused' | 'ratelimit_unexpected'>();
  #withoutKey = 0;

  constructor(options: PointOptions) {
    this.#options = options;
  }

  add(point: Point): void {
    if (point.metric === 'ratelimit_retry_after' && point.metadata.request !== undefined) {
      this.#retryAfterUs.set(point.metadata.request, Math.round(point.value * 1e6));
    } else if (point.metric === 'ratelimit_refused' || point.metric === 'ratelimit_unexpected') {
      if (point.metadata.request !== undefined) this.#counted.set(point.metadata.request, point.metric);
    } else if (ofProtocol.includes(point.metric) && !['floor', 'probe'].includes(point.tags.part)) {
      this.#take(point);
    }
  }

  skip(reason: string): void {
    this.#builder.skip(reason);
  }

  finish(format: string): Recording {
    for (const { request, ...observed } of this.#decisions) {
      const counted = request === undefined ? undefined : this.#counted.get(request);
      if (counted === 'ratelimit_unexpected') {
        this.#builder.skip('neither admitted nor refused');
        continue;
      }
      const retryAfterUs = request === undefined ? undefined : this.#retryAfterUs.get(request);
      const decision = { ...observed, allowed: observed.allowed && counted === undefined };
      this.#builder.add({
        ...decision,
        ...(!decision.allowed && retryAfterUs !== undefined && { retryAfterUs }),
      });
    }
    const notes =
      this.#withoutKey === 0 ? [] : [`${this.#withoutKey} requests have no key and count as one client`];
    return this.#builder.finish({ format, hasLatency: true, notes });
  }

  #take({ metric, value, timeUs, tags, metadata }: Point): void {
    const status = metric === 'grpc_req_duration' ? 200 : Number(tags.status);
    const isRefused = this.#options.refusedStatus.includes(status);
    if (!isRefused && !(status >= 200 && status < 400)) {
      this.#builder.skip(status > 0 ? `status ${status}` : 'no answer');
      return;
    }
    this.#decisions.push({
      sentUs: timeUs - Math.round(value * 1e3),
      answeredUs: timeUs,
      key: this.#keyOf(tags, metadata),
      cost: Number(metadata.cost ?? 1),
      allowed: !isRefused,
      ...(metadata.request !== undefined && { request: metadata.request }),
    });
  }

  #keyOf(tags: Point['tags'], metadata: Point['metadata']): string {
    const { keyField } = this.#options;
    const fields = keyField === undefined ? usualKeys : [keyField];
    const found = fields
      .map((field) => own(metadata, field) ?? own(tags, field))
      .find((key) => key !== undefined);
    if (found === undefined) this.#withoutKey++;
    return metadata.request !== undefined && found !== undefined ? decoded(found) : (found ?? '');
  }
}

/** A field of a record, and nothing that every object has. */
function own(record: Readonly<Record<string, string>>, field: string): string | undefined {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

/** As generated scripts write it: what separates metadata in k6's CSV is percent-encoded. */
function decoded(text: string): string {
  return text.replaceAll(/%(25|26|3D)/g, (code) => decodeURIComponent(code));
}

const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;

/** Microseconds since 1970 of `2026-11-24T19:50:06.746995842Z`; NaN where it is no such time. */
export function rfc3339Us(text: string): number {
  const match = rfc3339.exec(text);
  if (!match) return Number.NaN;
  const [, seconds, fraction = '', zone] = match;
  return Date.parse(seconds + zone) * 1e3 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
