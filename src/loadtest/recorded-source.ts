import type { ArrivalBatch } from '../algorithms/batch.ts';
import type { ArrivalSource, TrafficSummary } from '../traffic/source.ts';
import type { Recording } from './recording/recording.ts';

/** The requests of a recording, at the instants at which they were really sent. */
export class RecordedSource implements ArrivalSource {
  readonly #recording: Recording;
  #next = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  get epochUs(): number {
    return this.#recording.epochUs;
  }

  get hasDurations(): boolean {
    return this.#recording.hasLatency;
  }

  next(batch: ArrivalBatch): boolean {
    const { requests, keys } = this.#recording;
    const rows = Math.min(batch.capacity, requests.length - this.#next);
    for (let row = 0; row < rows; row++) {
      const { sentUs, answeredUs, key, cost } = requests[this.#next + row];
      batch.timeUs[row] = sentUs;
      batch.durationUs[row] = answeredUs - sentUs;
      batch.key[row] = key;
      batch.cost[row] = cost;
    }
    batch.tenant.fill(0, 0, rows);
    batch.length = rows;
    batch.keys = keys.length;
    batch.tenants = 1;
    this.#next += rows;
    return rows > 0;
  }

  keyName(key: number): string {
    return this.#recording.keys[key];
  }

  summary(): TrafficSummary {
    const { format, notes, lines } = this.#recording;
    return { source: 'trace', format, notes, lines };
  }

  close(): void {}
}
