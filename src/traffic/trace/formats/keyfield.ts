import { nearlyAll } from './byvalues.ts';
import { guessField } from './guess.ts';
import { addressField, isAddress } from './keyvalues.ts';
import { plain, plainPair, words } from './names.ts';
import type { Columns } from './pick.ts';

/** The same fields, of those lines alone that have the one that is demanded. */
function rowsWith(demanded: string | undefined, columns: Columns): Columns {
  if (demanded === undefined) return columns;
  const has = columns.values(demanded).map((value) => value !== '');
  return { ...columns, values: (field) => columns.values(field).filter((_, row) => has[row]) };
}

/** What stands where there is no client, or it was hidden; Go's loggers call the place in the source their caller. */
const nobody = /^(?:-|0\.0\.0\.0|\S+\.go:\d+)?$/;

const owners = words('tenant tenantid orgid organizationid account accountid customer customerid clientid');

/** Whether a field may be of whom a log belongs to, or of the program that all come through (OAuth's client), who is the same in all of its lines. */
function isOwner(field: string): boolean {
  return owners.includes(plain(field)) || owners.includes(plainPair(field));
}

/**
 * The field of the key: who asks, by name, rather one that most requests have; else what is asked where that differs; else the
 * only field of addresses. Of two addresses the one that proxies tell of the client, where nearly all requests have it.
 */
export function keyField(all: Columns, method: string | undefined): string | undefined {
  const columns = rowsWith(method, all);
  const { fields, values } = columns;
  const given = (field: string) => values(field).filter((value) => !nobody.test(value));
  const isFilled = (field: string) => given(field).length >= values(field).length * 0.5;
  const asks =
    guessField(
      fields,
      'key',
      (field) => isFilled(field) && !(isOwner(field) && new Set(given(field)).size === 1),
    ) ??
    guessField(fields, 'key', isFilled) ??
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
