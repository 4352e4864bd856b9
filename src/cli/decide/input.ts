import { Interrupted, unlessAborted } from '../../errors.ts';
import { blockBytes, Feed } from '../../traffic/trace/input/feed.ts';
import { openInput } from '../../traffic/trace/input/open.ts';
import { Pool } from '../../traffic/trace/pool.ts';

/** The text of a file, packed or not, up to its end or an interruption. Throws UsageError, as reading from it does. */
export async function openFeed(
  file: string,
  called: string,
  stdin: NodeJS.ReadableStream,
  signal: AbortSignal,
): Promise<Feed> {
  const { chunks } = await unlessAborted(openInput(file, { stdin }, called), signal);
  return new Feed(untilAborted(chunks, signal), new Pool(() => Buffer.allocUnsafe(blockBytes)));
}

/** The chunks, until the signal is aborted; does not wait for one that may never come. */
async function* untilAborted<T>(chunks: AsyncIterator<T>, signal: AbortSignal): AsyncGenerator<T> {
  while (!signal.aborted) {
    const next = await unlessAborted(chunks.next(), signal).catch((error: unknown) => {
      if (error instanceof Interrupted) return undefined;
      throw error;
    });
    if (!next || next.done) return;
    yield next.value;
  }
}
