import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { joinedTo, Timeline, type TimelineSnapshot } from './timeline.ts';

const weekUs = 604_800e6;
/** The bucket lengths that docs/metrics.md promises. */
const promisedUs = [
  10e3,
  50e3,
  100e3,
  500e3,
  1e6,
  5e6,
  10e6,
  30e6,
  60e6,
  300e6,
  600e6,
  1800e6,
  3600e6,
  21_600e6,
  86_400e6,
  weekUs,
];

/** The shortest bucket that has room for all, and how many fall into each; after 600 weeks, into the last. */
function byHand(timesUs: readonly number[]): TimelineSnapshot {
  const lastUs = Math.max(0, ...timesUs);
  const bucketUs = promisedUs.find((us) => lastUs < 600 * us) ?? weekUs;
  const bucketOf = (us: number) => Math.min(599, Math.floor(us / bucketUs));
  const buckets = timesUs.length === 0 ? 0 : bucketOf(lastUs) + 1;
  const counts = Array.from(
    { length: buckets },
    (_, at) => timesUs.filter((us) => bucketOf(us) === at).length,
  );
  return { bucketUs, counts };
}

function timelineOf(timesUs: readonly number[]): Timeline {
  const timeline = new Timeline();
  for (const timeUs of timesUs) timeline.add(timeUs);
  return timeline;
}

/** Instants that crowd where buckets end and where all 600 of them are full. */
const instants = fc.integer({ min: 1, max: 1e6 }).chain((scale) =>
  fc.array(
    fc.oneof(
      fc.nat(scale * 1000),
      fc
        .tuple(fc.constantFrom(...promisedUs.slice(0, 8)), fc.integer({ min: 590, max: 610 }), fc.nat(2))
        .map(([bucketUs, buckets, offUs]) => bucketUs * buckets + offUs - 1),
    ),
    { maxLength: 60 },
  ),
);

describe('Timeline', () => {
  test('counts each event in its bucket, of the shortest length with which 600 are enough', () => {
    holdsFor(
      instants,
      (timesUs) => {
        expect(timelineOf(timesUs).snapshot()).toEqual(byHand(timesUs));
      },
      300,
    );
  });

  test('puts all that comes after 600 weeks into the last bucket', () => {
    const timesUs = [0, weekUs * 599, weekUs * 600, weekUs * 5000];
    expect(timelineOf(timesUs).snapshot()).toEqual(byHand(timesUs));
    const inOrder = new Timeline();
    inOrder.addInOrder(new Float64Array(timesUs), timesUs.length);
    expect(inOrder.snapshot()).toEqual(byHand(timesUs));
    const anyOrder = new Timeline();
    anyOrder.addAll(new Float64Array(timesUs.reverse()), timesUs.length);
    expect(anyOrder.snapshot()).toEqual(byHand(timesUs));
  });

  test('adds many events in any order as it adds them one by one', () => {
    holdsFor(
      fc.tuple(instants, fc.nat(60)),
      ([timesUs, cut]) => {
        const timeline = new Timeline();
        for (const part of [timesUs.slice(0, cut), timesUs.slice(cut)])
          timeline.addAll(new Float64Array(part), part.length);
        expect(timeline.snapshot()).toEqual(byHand(timesUs));
      },
      300,
    );
  });

  test('adds many events in time order as it adds them one by one', () => {
    holdsFor(
      fc.tuple(instants, fc.nat(60)),
      ([timesUs, cut]) => {
        const sorted = new Float64Array([...timesUs].sort((a, b) => a - b));
        const timeline = new Timeline();
        const rest = sorted.subarray(Math.min(cut, sorted.length));
        timeline.addInOrder(sorted, sorted.length - rest.length);
        timeline.addInOrder(rest, rest.length);
        expect(timeline.snapshot()).toEqual(timelineOf(timesUs).snapshot());
      },
      300,
    );
  });

  test('joins buckets without losing an event', () => {
    holdsFor(instants, (timesUs) => {
      const { counts, bucketUs } = timelineOf(timesUs).snapshot();
      for (const longerUs of promisedUs.filter((us) => us % bucketUs === 0)) {
        const joined = joinedTo({ counts, bucketUs }, longerUs);
        expect(joined.reduce((sum, count) => sum + count, 0)).toBe(timesUs.length);
        expect(joined.length).toBe(Math.ceil((counts.length * bucketUs) / longerUs));
      }
    });
  });

  test('each length is a multiple of the one before, so that buckets can be joined', () => {
    for (const [at, us] of promisedUs.slice(1).entries()) expect(us % promisedUs[at]).toBe(0);
  });
});
