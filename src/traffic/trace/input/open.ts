import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isUnread, UsageError, whyUnread } from '../../../errors.ts';
import type { TraceOptions } from '../options.ts';
import { type Compression, compressionOf, decompress, mayBeCompressed } from './compression.ts';

const chunkBytes = 1 << 18;

/** A file's text as it comes, and how it was packed. */
export interface OpenedText {
  readonly chunks: AsyncIterator<Uint8Array>;
  readonly compression: Compression | undefined;
  readonly isEmpty: boolean;
  close(): void;
}

/** Whether a file can be read a second time: pipes and standard input cannot. */
export async function isRegular(file: string): Promise<boolean> {
  if (file === '-') return false;
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) throw new UsageError(`${file} is a directory; name the trace files in it`);
    return stats.isFile();
  } catch (error) {
    throw readProblem(file, error);
  }
}

/** A file that has to hold something. Throws UsageError. */
export async function openText(file: string, options: Pick<TraceOptions, 'stdin'>): Promise<OpenedText> {
  const text = await openInput(file, options);
  if (text.isEmpty) throw new UsageError(`${file} is empty: there is nothing to replay`);
  return text;
}

/** `called`: the file's name in messages. Throws UsageError, as reading the chunks does. */
export async function openInput(
  file: string,
  options: Pick<TraceOptions, 'stdin'>,
  called = file,
): Promise<OpenedText> {
  const stream =
    file === '-' ? standardInput(options) : createReadStream(file, { highWaterMark: chunkBytes });
  const raw = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const head = await headOf(raw, called);
  const compression = compressionOf(head);
  const whole = after(head, raw);
  const text = compression === undefined ? whole : await decompress(compression, whole);
  const chunks = guarded(called, compression, text);
  const close = () => {
    chunks.return(undefined).catch(() => {}); // lets go of the decompressor too; what it says of text that nobody wants is no matter
    if (file !== '-' && 'destroy' in stream) stream.destroy();
  };
  return { chunks, compression, isEmpty: head.length === 0, close };
}

function standardInput({ stdin }: Pick<TraceOptions, 'stdin'>): NodeJS.ReadableStream {
  if (stdin === undefined) throw new UsageError('-: there is no standard input here; name a file');
  return stdin;
}

/** The first bytes, as many as tell a compression: whoever types lines waits for no more of them. */
async function headOf(raw: AsyncIterator<Buffer>, file: string): Promise<Buffer> {
  let head = Buffer.alloc(0);
  try {
    while (mayBeCompressed(head)) {
      const { done, value } = await raw.next();
      if (done) break;
      head = Buffer.concat([head, typeof value === 'string' ? Buffer.from(value) : value]);
    }
  } catch (error) {
    throw readProblem(file, error);
  }
  return head;
}

async function* after(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    yield typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
  }
}

/** The same chunks; what goes wrong below is told in terms of the file. */
async function* guarded(
  file: string,
  compression: Compression | undefined,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw readProblem(file, error, compression);
  }
}

function readProblem(file: string, error: unknown, compression?: Compression): Error {
  if (error instanceof UsageError) return error;
  const problem = error as NodeJS.ErrnoException; // streams fail with nothing else
  if (compression === undefined || isUnread(problem)) return new UsageError(`${file}: ${whyUnread(problem)}`);
  return new UsageError(`${file}: the ${compression} data is cut short or damaged (${problem.message})`);
}
