/** For tests: a trace in memory, read to its end. */
import { Readable } from 'node:stream';
import { ArrivalBatch } from '../../algorithms/batch.ts';
import type { TrafficSummary } from '../source.ts';
import { openTrace, type TraceOptions, traceDefaults } from './index.ts';

export interface ReadRequest {
  /** Microseconds since 1970. */
  readonly at: number;
  readonly key: string;
  readonly cost: number;
  readonly durationUs: number;
}

export interface ReadTrace {
  readonly requests: readonly ReadRequest[];
  readonly epochUs: number;
  readonly hasDurations: boolean;
  readonly summary: TrafficSummary;
}

/** Requests after which reading stops: a damaged count can stand for billions. */
const enough = 200_000;

/** Where a test cares about neither spreading nor a few bad lines. */
export const asWritten: Partial<TraceOptions> = { spread: 'none', maxMalformedRatio: 1 };

export async function readTrace(
  content: string | Uint8Array,
  options: Partial<TraceOptions> = {},
  { chunkBytes = 1 << 16, batchRows = 64 } = {},
): Promise<ReadTrace> {
  return drain(
    ['-'],
    { ...traceDefaults, ...options, stdin: Readable.from(chunks(content, chunkBytes)) },
    batchRows,
  );
}

/** Files by name, for what standard input cannot show. */
export async function drain(
  files: readonly string[],
  options: TraceOptions,
  batchRows = 64,
): Promise<ReadTrace> {
  const source = await openTrace(files, options);
  const batch = new ArrivalBatch(batchRows);
  const requests: ReadRequest[] = [];
  while (requests.length < enough && (await source.next(batch))) {
    for (let row = 0; row < batch.length; row++) {
      requests.push({
        at: source.epochUs + batch.timeUs[row],
        key: source.keyName(batch.key[row]),
        cost: batch.cost[row],
        durationUs: batch.durationUs[row],
      });
    }
  }
  const { epochUs, hasDurations } = source;
  const summary = source.summary();
  await source.close();
  return { requests, epochUs, hasDurations, summary };
}

function* chunks(content: string | Uint8Array, size: number): Generator<Buffer> {
  const bytes = Buffer.from(content as Uint8Array);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The microseconds since 1970 of an ISO time with up to six decimals. */
export function us(iso: string): number {
  const [, whole, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(iso) ?? [];
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.padEnd(6, '0'));
}
