import { nearlyAll } from './byvalues.ts';
import { guessField } from './guess.ts';
import { addressField, isAddress } from './keyvalues.ts';
import type { Columns } from './pick.ts';

/** The same fields, of those lines alone that have the one that is demanded. */
function rowsWith(demanded: string | undefined, columns: Columns): Columns {
  if (demanded === undefined) return columns;
  const has = columns.values(demanded).map((value) => value !== '');
  return { ...columns, values: (field) => columns.values(field).filter((_, row) => has[row]) };
}

/** What stands where there is no client, or it was hidden; Go's loggers call the place in the source their caller. */
const nobody = /^(?:-|0\.0\.0\.0|\S+\.go:\d+)?$/;

/**
 * The field of the key: who asks, by name, rather one that most requests have; else what is asked where that differs; else the
 * only field of addresses. Of two addresses the one that proxies tell of the client, where nearly all requests have it.
 */
export function keyField(all: Columns, method: string | undefined): string | undefined {
  const columns = rowsWith(method, all);
  const { fields, values } = columns;
  const given = (field: string) => values(field).filter((value) => !nobody.test(value));
  const asks =
    guessField(fields, 'key', (field) => given(field).length >= values(field).length * 0.5) ??
    guessField(fields, 'key', (field) => given(field).length > 0);
  const areClients = (field: string) => nearlyAll(values(field), isAddress);
  const forwarded =
    asks === undefined || areClients(asks) ? guessField(fields, 'forwarded', areClients) : undefined;
  return (
    forwarded ??
    asks ??
    guessField(fields, 'asked', (field) => new Set(given(field)).size > 1) ??
    addressField(columns) ??
    guessField(fields, 'asked', (field) => given(field).length > 0)
  );
}
