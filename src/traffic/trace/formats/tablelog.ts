import type { FormatContext } from '../format.ts';
import { blank } from '../text/bytes.ts';
import { frontTime } from '../text/front.ts';
import { shareOfRequests } from '../text/request.ts';
import { areLevels, areTags, nearlyAll } from './byvalues.ts';
import { isTime } from './header.ts';
import { areProse, isAddress, likelyKeyColumn } from './keyvalues.ts';
import type { Columns } from './pick.ts';
import { columnsOf, type Table } from './table.ts';

/**
 * Whether rows are what a program tells of itself, which often is of one width: nothing in them but sentences could be a key; or
 * they are words with a level or the name of a process, of which none or only some tell a request. A user who names columns knows
 * better.
 */
export function isProgramLog(table: Table, { options, sample }: FormatContext): boolean {
  if (table.header !== undefined || options.time !== undefined || options.key !== undefined) return false;
  const { fields, values } = columnsOf(table);
  const key = likelyKeyColumn(
    columnsOf(table),
    fields.filter((field) => values(field).every(isTime)),
  );
  if (key !== undefined && areProse(values(key))) return true;
  const share = shareOfRequests(sample.lines);
  const hasLevels = fields.some((field) => areLevels(values(field)));
  if (table.delimiter !== blank) return share === 0 && hasLevels && tellsSentences(columnsOf(table));
  if (share > 0.9) return false;
  const isDated = sample.lines.some((line) => frontTime(line) !== undefined);
  return (share > 0 && isDated) || hasLevels || fields.some((field) => areTags(values(field)));
}

/** Whether a column holds words, and none an address of who might have asked. */
function tellsSentences({ fields, values }: Columns): boolean {
  const areWords = (field: string) => values(field).filter((cell) => / /.test(cell.trim())).length;
  return (
    fields.some((field) => areWords(field) > values(field).length * 0.5 && !values(field).every(isTime)) &&
    !fields.some((field) => nearlyAll(values(field), isAddress))
  );
}
