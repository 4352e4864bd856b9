import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { UsageError } from '../../errors.ts';
import { openText } from '../../traffic/trace/input/open.ts';
import { keyText } from '../../traffic/trace/key-text.ts';
import { readDecisionsCsv } from './decisions-csv.ts';
import { readK6Csv } from './k6-csv.ts';
import { readK6Json } from './k6-json.ts';
import type { PointOptions } from './k6-points.ts';
import type { Recording } from './recording.ts';
import { type K6Summary, summarySchema } from './summary.ts';

/** More requests than this share that cannot be used make a recording worthless. */
const mostUnusable = 0.01;
const isAscii = /^[\0-\x7f]*$/;
const byteOrderMark = Buffer.from('\uFEFF');
const known = 'k6 --out json or csv, or CSV with the columns t_us,key,cost,allowed';

export interface ReadOptions extends PointOptions {
  readonly stdin?: NodeJS.ReadableStream;
}

/**
 * What a file holds: the decisions that k6 or anybody else recorded, or the summary of a generated test, which has only
 * counts. Packed or not, - is the standard input. Throws UsageError.
 */
export async function readResults(file: string, options: ReadOptions): Promise<Recording | K6Summary> {
  const { chunks, close } = await openText(file, options);
  const input = Readable.from(iterable(chunks));
  try {
    const first = await nextOf(input);
    const results = await parsed(first.toString('utf8'), input, file, options);
    if ('requests' in results) refuseWorthless(results, file);
    return results;
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`${file}: is no CSV: ${error.message}`);
    throw error;
  } finally {
    close();
  }
}

/** The same where only decisions will do. */
export async function readRecording(file: string, options: ReadOptions): Promise<Recording> {
  const results = await readResults(file, options);
  if ('requests' in results) return results;
  throw new UsageError(`${file}: has only counts; run k6 with --out json=results.json.gz and give that file`);
}

/** As buffers, which are what a stream knows the text of; decompressors give plain arrays. */
async function* iterable(chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    const { buffer, byteOffset, byteLength } = next.value;
    yield Buffer.from(buffer, byteOffset, byteLength);
  }
}

/** The first chunk, which is put back; without a byte order mark. */
async function nextOf(input: Readable): Promise<Buffer> {
  for (;;) {
    const chunk: Buffer | null = input.read();
    if (chunk !== null) {
      const text = chunk.subarray(chunk.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0);
      input.unshift(text);
      return text;
    }
    if (input.readableEnded) return Buffer.alloc(0);
    await new Promise((resolve, reject) => {
      input.once('readable', resolve).once('end', resolve).once('error', reject);
    });
  }
}

async function parsed(
  head: string,
  input: Readable,
  file: string,
  options: PointOptions,
): Promise<Recording | K6Summary> {
  const columns = head.split('\n')[0].trim().split(',');
  if (/^\s*\{\s*"schema"/.test(head)) return readSummary(input, file);
  if (/^\s*\{/.test(head)) {
    return readK6Json(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }), options);
  }
  if (columns.includes('metric_name')) return readK6Csv(rowsOf(input), options, file);
  if (columns.includes('allowed')) return readDecisionsCsv(rowsOf(input), file);
  throw new UsageError(`${file}: is not a recording; give the file of ${known}`);
}

/** Cells are read a byte a character, and then as keys are: bytes that are no UTF-8 stay what they were. */
function rowsOf(input: Readable): AsyncIterable<Record<string, string>> {
  const parser = parse({
    encoding: 'latin1',
    on_record: inUtf8, // and not `cast`, which has a report made of each field
    columns: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 1 << 20,
  });
  input.once('error', (error) => parser.destroy(error));
  return input.pipe(parser);
}

function inUtf8(row: Record<string, string>): Record<string, string> {
  for (const [column, bytes] of Object.entries(row)) {
    if (!isAscii.test(bytes)) row[column] = keyText(Buffer.from(bytes, 'latin1'));
  }
  return row;
}

async function readSummary(input: Readable, file: string): Promise<K6Summary> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk);
  const summary = summarySchema.safeParse(jsonOf(Buffer.concat(chunks).toString('utf8')));
  if (summary.success) return summary.data;
  throw new UsageError(`${file}: is no summary of a k6 test, or one of another version of ratelimit`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it
  }
}

function refuseWorthless({ lines: { read, used, skipped } }: Recording, file: string): void {
  const reasons = Object.entries(skipped).map(([reason, times]) => `${reason} (${times})`);
  if (used === 0) {
    const why = reasons.length > 0 ? `: ${reasons.join(', ')}` : '';
    throw new UsageError(`${file}: has no decision${why}; give the file of ${known}`);
  }
  if (read - used <= read * mostUnusable) return;
  throw new UsageError(
    `${file}: ${read - used} of ${read} requests cannot be used: ${reasons.join(', ')}; where a status is a refusal, name it with --refused-status`,
  );
}
