import type { TraceFormat } from '../format.ts';
import { defaultsOf, type FieldRoles } from '../roles.ts';
import { tableOf } from './table.ts';
import { TableLines } from './tablelines.ts';

/** A table that one program writes, known by its header. */
export interface HeadedTable {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Names that its header has. */
  readonly header: readonly string[];
  readonly roles: FieldRoles;
}

export function headedTable({ name, title, about, header, roles }: HeadedTable): TraceFormat {
  return {
    name,
    title,
    about,
    defaults: defaultsOf(roles),
    open(context) {
      const table = tableOf(context);
      const isIt = header.every((column) => table?.fields.includes(column));
      return table !== undefined && isIt ? new TableLines(title, table, roles, context, []) : undefined;
    },
  };
}
