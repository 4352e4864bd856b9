import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Interrupted, UsageError, unlessAborted } from '../../errors.ts';
import type { Request } from '../../sim/decision-desk.ts';
import type { Io } from '../io.ts';
import type { RequestRows } from './request-rows.ts';

/** The file of that name, or standard input. Throws UsageError when there is none. */
export async function openInput(file: string | undefined, io: Io): Promise<Readable> {
  if (file === undefined || file === '-') return io.stdin;
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw new UsageError(`${file}: is a folder; name a CSV file of requests`);
  }
  return handle.createReadStream({ highWaterMark: 1 << 18 }); // keeps the handle, which closes the file when it is collected
}

/** The requests of a CSV, up to its end or an interruption. */
export async function* requests(
  input: Readable,
  rows: RequestRows,
  signal: AbortSignal,
): AsyncGenerator<Request> {
  const records: AsyncIterable<{ record: string[]; info: { lines: number } }> = input.pipe(csvParser()); // the shape that info: true gives
  signal.addEventListener('abort', () => input.destroy(), { once: true });
  input.once('error', () => {}); // told by the iteration below
  try {
    for await (const { record, info } of stopping(records, signal)) {
      const request = rows.read(record, info.lines);
      if (request) yield request;
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new UsageError(`${rows.file}:${Number(error.lines)}: ${error.message}`);
    throw error;
  }
}

function csvParser() {
  return parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 1 << 20,
  });
}

/** The items, until the signal is aborted; does not wait for an item that may never come. */
async function* stopping<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  while (!signal.aborted) {
    const next = await unlessAborted(iterator.next(), signal).catch((error: unknown) => {
      if (error instanceof Interrupted) return undefined;
      throw error;
    });
    if (!next || next.done) return;
    yield next.value;
  }
}
