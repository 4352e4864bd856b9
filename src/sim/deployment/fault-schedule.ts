import type { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { addCounts, type Counts, noCounts } from '../counts.ts';
import type { LaneMeters } from '../lane-meters.ts';
import type { EventLoop } from './event-loop.ts';
import type { FaultKind, Scene } from './faults/fault.ts';
import { faults as kinds } from './faults/index.ts';
import type { Chosen } from './named-settings.ts';

/** What became of the requests before, during and after a fault, all three equally long. */
export interface FaultFigures {
  readonly fault: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly atUs: number;
  readonly untilUs: number;
  readonly before: Counts;
  readonly during: Counts;
  readonly after: Counts;
}

/** A fault that happens in an instant is watched for as long as this. */
const aftermathUs = 60e6;

/** Lets faults happen at their times, and counts what was decided around each. */
export class FaultSchedule {
  readonly #planned: readonly Planned[];

  constructor(faults: readonly Chosen[], loop: EventLoop, scene: () => Scene) {
    this.#planned = faults.map((fault) => new Planned(fault));
    for (const { kind, fault, atUs, untilUs } of this.#planned) {
      const begin = loop.handler(() => kind.begin(fault.params, scene()));
      const end = loop.handler(() => kind.end?.(fault.params, scene()));
      loop.schedule(atUs, begin, 0);
      if (kind.end && untilUs !== Number.POSITIVE_INFINITY) loop.schedule(untilUs, end, 0);
    }
  }

  /** A batch that the meters have just measured. */
  count(meters: LaneMeters, arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    for (const planned of this.#planned) planned.count(meters, arrivals, decisions);
  }

  /** When each was at work; one that happens in an instant ends as it begins. */
  get spans(): { readonly fromUs: number; readonly toUs: number }[] {
    return this.#planned.map(({ kind, atUs, untilUs }) => ({
      fromUs: atUs,
      toUs: kind.end ? untilUs : atUs,
    }));
  }

  figures(): FaultFigures[] {
    return this.#planned.map(({ fault, atUs, untilUs, spans }) => {
      const [before, during, after] = spans.map(({ counts }) => counts);
      return { fault: fault.name, params: fault.given, atUs, untilUs, before, during, after };
    });
  }
}

interface Span {
  readonly fromUs: number;
  readonly toUs: number;
  readonly counts: Counts;
}

class Planned {
  readonly kind: FaultKind;
  readonly atUs: number;
  readonly untilUs: number;
  readonly spans: readonly Span[];
  #marked = new Uint8Array(0);

  constructor(readonly fault: Chosen) {
    this.kind = kinds.find(({ name }) => name === fault.name)!; // it was chosen from this list
    const { at, for: lengthUs } = fault.params as { at: number; for?: number }; // every kind has `at`
    this.atUs = at;
    this.untilUs = this.kind.end ? at + (lengthUs ?? Number.POSITIVE_INFINITY) : at + aftermathUs;
    const watchedUs = this.untilUs - at;
    const span = (fromUs: number, toUs: number): Span => ({ fromUs, toUs, counts: noCounts() });
    this.spans = [
      span(at - watchedUs, at),
      span(at, this.untilUs),
      span(this.untilUs, this.untilUs + watchedUs),
    ];
  }

  count(meters: LaneMeters, arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    for (const { fromUs, toUs, counts } of this.spans) {
      if (!this.#mark(arrivals, fromUs, toUs)) continue;
      addCounts(counts, meters.countMarked(arrivals, decisions, this.#marked));
    }
  }

  /** Marks the rows of a span; false when there is none. */
  #mark({ timeUs, length }: ArrivalBatch, fromUs: number, toUs: number): boolean {
    if (length > this.#marked.length) this.#marked = new Uint8Array(length);
    let any = false;
    for (let row = 0; row < length; row++) {
      const inside = timeUs[row] >= fromUs && timeUs[row] < toUs;
      this.#marked[row] = inside ? 1 : 0;
      any ||= inside;
    }
    return any;
  }
}
