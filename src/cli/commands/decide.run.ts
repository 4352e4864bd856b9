import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { UsageError } from '../../errors.ts';
import { type Decided, DecisionDesk, type Request } from '../../sim/decision-desk.ts';
import { parseRules, type Rule } from '../../sim/rule.ts';
import { parseParams, select } from '../../sim/selection.ts';
import { parseCount } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import type { DecideFlags } from './decide.ts';
import { flagged } from './overrides.ts';
import { RequestRows } from './request-rows.ts';

const flushAtCharacters = 1 << 16;

/** Reads requests, decides each, and prints the decisions in order. */
export async function decide(file: string | undefined, flags: DecideFlags, io: Io): Promise<ExitCode> {
  if (flags.clock !== 'error' && flags.clock !== 'monotone') {
    throw new UsageError(`--clock: "${flags.clock}" is not a rule; use error or monotone`);
  }
  const name = file === undefined || file === '-' ? 'standard input' : file;
  const rows = new RequestRows(name, { clampTime: flags.clock === 'monotone' });
  const desk = new DecisionDesk(select(flags.algorithm, parseParams(flags.param ?? [])), rulesOf(flags));
  const print = flags.json ? jsonLine : csvLine;
  let text = flags.json ? '' : `${columns(flags)}\n`;
  try {
    for await (const request of requests(await openInput(file, io), rows)) {
      text += `${print(desk.decide(request, flags.explain ?? false))}\n`;
      if (text.length >= flushAtCharacters) {
        await write(io.stdout, text);
        text = '';
      }
      if (io.signal.aborted) break;
    }
  } finally {
    await write(io.stdout, text); // also what was decided before a bad row
  }
  return io.signal.aborted ? exitCode.interrupted : exitCode.done;
}

function rulesOf({ limit, burst }: DecideFlags): Rule[] {
  const rules = flagged('--limit', limit, parseRules);
  if (burst === undefined) return rules;
  const units = flagged('--burst', burst, parseCount);
  return rules.map((rule) => {
    if ((rule.quota.limit === 0) !== (units === 0)) {
      throw new UsageError(`--burst: a burst of ${units} does not go with a limit of ${rule.quota.limit}`);
    }
    return { ...rule, quota: { ...rule.quota, burst: units }, burstNamed: true };
  });
}

async function openInput(file: string | undefined, io: Io): Promise<Readable> {
  if (file === undefined || file === '-') return io.stdin;
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw new UsageError(`${file}: is a folder; name a CSV file of requests`);
  }
  return createReadStream('', { fd: handle.fd, highWaterMark: 1 << 18, autoClose: true });
}

async function* requests(input: Readable, rows: RequestRows): AsyncGenerator<Request> {
  const records = input.pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 1 << 20,
    }),
  );
  input.once('error', (error) => records.destroy(error));
  try {
    for await (const { record, info } of records as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      // the shape that info: true gives
      const request = rows.read(record, info.lines);
      if (request) yield request;
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`${rows.file}: ${error.message}`);
    throw error;
  }
}

function columns({ explain }: DecideFlags): string {
  return `t_us,key,cost,allowed,remaining,retry_after_us,delay_us${explain ? ',state_before,state_after' : ''}`;
}

function csvLine({ request, allowed, remaining, retryAfterUs, delayUs, before, after }: Decided): string {
  const figures = `${request.cost},${allowed ? 1 : 0},${remaining},${retryAfterUs},${delayUs}`;
  const states = before === undefined ? '' : `,${quoted(before)},${quoted(after ?? '')}`;
  return `${request.timeUs},${quoted(request.key)},${figures}${states}`;
}

function jsonLine({ request, allowed, remaining, retryAfterUs, delayUs, before, after }: Decided): string {
  return JSON.stringify({
    t_us: request.timeUs,
    key: request.key,
    cost: request.cost,
    allowed,
    remaining,
    retry_after_us: retryAfterUs,
    delay_us: delayUs,
    ...(before !== undefined && { state_before: before, state_after: after }),
  });
}

/** RFC 4180: quotes only where the text needs them. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
