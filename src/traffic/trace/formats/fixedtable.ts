import type { TraceFormat } from '../format.ts';
import { defaultsOf, type FieldRoles } from '../roles.ts';
import { comma } from '../text/bytes.ts';
import { type Table, tableOf } from './table.ts';
import { TableLines } from './tablelines.ts';

/** A table that one program writes without a header: its columns are known by the shape of its rows. */
export interface FixedTable {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** What parts the cells; a comma when left out. */
  readonly delimiter?: number;
  /** The columns, parted by blanks. */
  readonly columns: string;
  readonly roles: FieldRoles;
  /** What a row is like, its cells joined by commas. */
  readonly row: RegExp;
}

/** Rows of the head that must be of the shape: a few may be damaged. */
const enoughRows = 0.9;

export function fixedTable(fixed: FixedTable): TraceFormat {
  const { name, title, about, columns, roles } = fixed;
  const fields = columns.split(' ');
  return {
    name,
    title,
    about,
    defaults: defaultsOf(roles),
    open(context) {
      const table = tableOf(context);
      if (table === undefined || (context.options.format !== name && !isOfShape(table, fixed)))
        return undefined;
      return new TableLines(title, { ...table, fields, header: undefined }, roles, context, []);
    },
  };
}

function isOfShape({ rows, delimiter, header }: Table, fixed: FixedTable): boolean {
  const fitting = rows.filter((row) => fixed.row.test(row.join(',')));
  return (
    delimiter === (fixed.delimiter ?? comma) &&
    header === undefined &&
    fitting.length >= rows.length * enoughRows
  );
}
