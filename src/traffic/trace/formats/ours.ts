import type { TraceFormat } from '../format.ts';
import type { FieldRoles } from '../roles.ts';
import { comma } from '../text/bytes.ts';
import { hardlyFall } from './byvalues.ts';
import { isTime } from './header.ts';
import { type Table, tableOf } from './table.ts';
import { TableLines } from './tablelines.ts';

/** Our own traces, `t_us,key,cost[,duration_us]`: written by `ratelimit traffic`, read and written by `decide`. */
export const ours: TraceFormat = {
  name: 'ratelimit-csv',
  title: 'ratelimit CSV',
  about: 'What ratelimit writes itself: t_us,key,cost and perhaps duration_us, with or without that header',
  defaults: { time: 't_us', key: 'key', cost: 'cost', duration: 'duration_us' },
  open(context) {
    const table = tableOf(context);
    const forced = context.options.format === ours.name;
    if (
      table === undefined ||
      (!forced && !(table.header !== undefined ? hasOurHeader(table) : hasOurShape(table)))
    )
      return undefined;
    const fields =
      table.header !== undefined
        ? table.fields
        : ['t_us', 'key', 'cost', 'duration_us'].slice(0, table.fields.length);
    return new OurLines(ours.title, { ...table, fields }, ourRoles(fields), context, notesOn(table));
  },
};

/** What must be known of columns that are not there, or are not read. */
function notesOn({ header, fields }: Table): string[] {
  if (header === undefined) return ['columns without a header were read as t_us, key, cost'];
  if (!fields.includes('allowed')) return [];
  return [
    'the decisions in the column allowed are not read; --live instead of --trace shows them beside the algorithms',
  ];
}

class OurLines extends TableLines {
  readonly exact = true;
}

function ourRoles(fields: readonly string[]): FieldRoles {
  return {
    time: ['t_us'],
    timeUnit: 'us',
    key: ['key'],
    cost: fields.includes('cost') ? 'cost' : undefined,
    durations: fields.includes('duration_us') ? ['duration_us'] : [],
    durationUnitUs: 1,
  };
}

function hasOurHeader({ fields }: Table): boolean {
  return fields[0] === 't_us' && fields[1] === 'key';
}

/** Three or four columns parted by commas, numbers in order of time but for the key, and no dates. */
function hasOurShape({ rows, fields, delimiter }: Table): boolean {
  if (fields.length < 3 || fields.length > 4 || delimiter !== comma) return false;
  return (
    rows.every((row) => /^\d{1,16}$/.test(row[0]) && /^\d{1,10}$/.test(row[2])) &&
    Number(rows[0][0]) < 1e8 &&
    hardlyFall(rows.map((row) => row[0])) &&
    !rows.every((row) => isTime(row[1]) && Number.isNaN(Number(row[1])))
  );
}
