import type { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { DecisionDesk } from '../../sim/decision-desk.ts';
import type { Feed } from '../../traffic/trace/input/feed.ts';
import { write } from '../io.ts';
import type { Answers } from './answers.ts';
import type { KeyNumbers } from './key-numbers.ts';
import { OutputBytes } from './output-bytes.ts';
import type { RequestReader } from './request-reader.ts';

/** What decides, from where, and how it is written. */
interface Parts {
  readonly feed: Feed;
  readonly reader: RequestReader;
  readonly keys: KeyNumbers;
  readonly desk: DecisionDesk;
  readonly answers: Answers;
  readonly explains: boolean;
}

/**
 * Decides every request of the feed, in order. What is held of the input is decided before more is read, and written
 * then or as soon as it is a good part: a line from a slow pipe has its answer at once, a fast one costs few writes, and
 * no more is held than that. Before an error is thrown, what was decided is written.
 */
export async function decideAll(parts: Parts, stdout: Writable, stop: AbortSignal): Promise<void> {
  const { feed, reader, answers } = parts;
  const out = new OutputBytes();
  const flush = () => write(stdout, out.take()); // also when interrupted, for half a row is none
  try {
    answers.begin(out);
    for (;;) {
      reader.hold(feed.view, feed.ended);
      while (!out.isFull && reader.next()) decideOne(parts, out);
      feed.use(reader.used);
      const hasMore = out.isFull;
      await flush();
      if (hasMore) await turn();
      else if (feed.ended) return;
      else await feed.more();
      if (stop.aborted) return;
    }
  } finally {
    await flush();
  }
}

function decideOne({ reader, keys, desk, answers, explains }: Parts, out: OutputBytes): void {
  const { bytes, keyFrom, keyTo, decidedAtUs, cost, durationUs } = reader;
  const key = keys.of(bytes, keyFrom, keyTo);
  const tenant = keys.tenantOf(key);
  const before = explains ? desk.explain(key, tenant, decidedAtUs) : undefined;
  desk.decide(key, tenant, decidedAtUs, cost, durationUs);
  const states = before === undefined ? undefined : { before, after: desk.explain(key, tenant, decidedAtUs) };
  answers.write(out, reader, desk, states);
}
