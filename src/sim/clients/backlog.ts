import { joinedTo, type Timeline } from '../meters/timeline.ts';

/** Work over time, in buckets of one length from the start of the run. */
export interface WorkTimeline {
  readonly bucket_us: number;
  readonly offered: readonly number[];
  readonly done: readonly number[];
  /** Work begun and not settled at the end of each bucket. */
  readonly backlog: readonly number[];
}

/** A stretch of the run, in microseconds. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** `settled`: what was done or abandoned. */
export function workTimeline(offered: Timeline, done: Timeline, settled: Timeline): WorkTimeline {
  const snapshots = [offered, done, settled].map((timeline) => timeline.snapshot());
  const bucketUs = Math.max(...snapshots.map((snapshot) => snapshot.bucketUs));
  const columns = snapshots.map((snapshot) => joinedTo(snapshot, bucketUs));
  const buckets = Math.max(...columns.map((column) => column.length));
  const [came, finished, went] = columns.map((column) =>
    Array.from({ length: buckets }, (_, at) => column[at] ?? 0),
  );
  let open = 0;
  const backlog = came.map((count, at) => {
    open += count - went[at];
    return open;
  });
  return { bucket_us: bucketUs, offered: came, done: finished, backlog };
}

/**
 * How long it takes to work the backlog off, exact to a bucket; null when that never comes. After faults: from the end of the last
 * until it is no larger than it ever was before the first. Without: from the largest until a hundredth of that is left.
 */
export function timeToClear(timeline: WorkTimeline, faults: readonly Span[]): number | null {
  const { bucket_us, backlog } = timeline;
  if (faults.length === 0) {
    const most = Math.max(0, ...backlog);
    return most === 0 ? 0 : clearedAfter((backlog.indexOf(most) + 1) * bucket_us, most / 100, timeline);
  }
  const beganUs = Math.min(...faults.map(({ fromUs }) => fromUs));
  const endedUs = Math.max(...faults.map(({ toUs }) => toUs));
  const before = backlog.filter((_, at) => (at + 1) * bucket_us <= beganUs);
  return clearedAfter(endedUs, Math.max(0, ...before), timeline);
}

/** From `sinceUs` until no more than `most` is open at the end of a bucket. */
function clearedAfter(sinceUs: number, most: number, { bucket_us, backlog }: WorkTimeline): number | null {
  const cleared = backlog.findIndex((open, at) => (at + 1) * bucket_us >= sinceUs && open <= most);
  return cleared < 0 ? null : (cleared + 1) * bucket_us - sinceUs;
}
