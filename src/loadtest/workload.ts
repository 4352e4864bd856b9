import { ArrivalBatch } from '../algorithms/batch.ts';
import { UsageError } from '../errors.ts';
import type { RatePiece } from '../traffic/arrivals/model.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import { formatCount } from '../units.ts';

/** Past this many a generated test would take minutes to load and gigabytes to hold. */
const mostRequests = 1e6;

/** One request of a test: when it is due, whom it counts against and what it takes. */
export interface PlannedRequest {
  readonly dueUs: number;
  /** Index into `Workload.keys`. */
  readonly key: number;
  readonly tenant: number;
  readonly cost: number;
}

/** What one scenario of k6 sends, in order. */
export interface Schedule {
  readonly name: string;
  readonly requests: readonly PlannedRequest[];
  /** The rate that k6 keeps by itself; absent where each request has its own instant. */
  readonly rates?: readonly RatePiece[];
}

/** All that a test sends. */
export interface Workload {
  readonly schedules: readonly Schedule[];
  /** The text of each key. */
  readonly keys: readonly string[];
  readonly tenants: number;
}

/** Numbers keys by their text in the order in which they first appear. */
export class KeyNames {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

/** Reads a source to its end and closes it. `hasCosts`: whether the target is told what a request takes. */
export async function collect(
  source: ArrivalSource,
  names: KeyNames,
  hasCosts: boolean,
): Promise<PlannedRequest[]> {
  const requests: PlannedRequest[] = [];
  const batch = new ArrivalBatch(8192);
  try {
    while (await source.next(batch)) {
      for (let row = 0; row < batch.length; row++)
        requests.push(requestOf(batch, row, source, names, hasCosts));
      if (requests.length > mostRequests) throw new UsageError(tooMany);
    }
    return requests;
  } finally {
    await source.close();
  }
}

const tooMany = `more than ${formatCount(mostRequests)} requests are more than one k6 script should send; shorten the traffic (--duration, --rate, or a part of the trace)`;

function requestOf(
  { timeUs, key, tenant, cost }: ArrivalBatch,
  row: number,
  source: ArrivalSource,
  names: KeyNames,
  hasCosts: boolean,
): PlannedRequest {
  return {
    dueUs: timeUs[row],
    key: names.of(source.keyName(key[row])),
    tenant: tenant[row],
    cost: hasCosts ? cost[row] : 1,
  };
}

/** Whether each request has its own instant, so that k6 keeps no rate by itself. */
export function isExact({ schedules }: Workload): boolean {
  return schedules.every(({ rates }) => rates === undefined);
}

/** The requests of all schedules in the order of time. */
export function allRequests({ schedules }: Workload): PlannedRequest[] {
  const requests = schedules.flatMap((schedule) => schedule.requests);
  return schedules.length === 1 ? requests : requests.sort((a, b) => a.dueUs - b.dueUs);
}
