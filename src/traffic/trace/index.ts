/** Recorded traffic: a log or a table of any known format as a source of arrivals. `docs/traces.md` tells users. */
import { UsageError } from '../../errors.ts';
import type { ArrivalSource } from '../source.ts';
import { Tally } from './account.ts';
import { TraceFile } from './file.ts';
import { blockBytes } from './input/feed.ts';
import { KeyTable } from './keys.ts';
import { Merge } from './merge.ts';
import type { TraceOptions } from './options.ts';
import { Pool } from './pool.ts';
import { RowColumns } from './rows/columns.ts';
import { reorderRows } from './rows/reorder.ts';
import type { TraceRun } from './run.ts';
import { TraceSource } from './tracesource.ts';

export { type TraceOptions, traceDefaults } from './options.ts';

/** Opens the files of one trace. Everything that can be wrong with their heads is told here, before a run begins. */
export async function openTrace(files: readonly string[], options: TraceOptions): Promise<ArrivalSource> {
  if (files.length === 0) throw new UsageError('name at least one trace file');
  if (files.indexOf('-') !== files.lastIndexOf('-'))
    throw new UsageError('-: standard input can be read only once; name it once');
  const run: TraceRun = {
    options,
    keys: new KeyTable(),
    tally: new Tally(),
    blocks: new Pool(() => Buffer.allocUnsafe(blockBytes)),
    columns: new Pool(() => new RowColumns(reorderRows)),
  };
  const opened: TraceFile[] = [];
  try {
    for (const [index, file] of files.entries()) opened.push(await TraceFile.peek(file, index, run));
    if (opened.length > 1) return await TraceSource.start(opened, new Merge(opened, run.tally), run);
    await opened[0].start();
    return await TraceSource.start(opened, opened[0], run);
  } catch (error) {
    for (const file of opened) file.close();
    throw error;
  }
}
