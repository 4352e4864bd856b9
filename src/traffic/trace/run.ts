import type { Tally } from './account.ts';
import type { KeyTable } from './keys.ts';
import type { TraceOptions } from './options.ts';
import type { Pool } from './pool.ts';
import type { RowColumns } from './rows/columns.ts';

/** What all files of a run share. */
export interface TraceRun {
  readonly options: TraceOptions;
  readonly keys: KeyTable;
  readonly tally: Tally;
  readonly blocks: Pool<Buffer>;
  readonly columns: Pool<RowColumns>;
}
