import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { columnOf, type Spans, type Splitter } from '../text/spans.ts';

/** `2023-11-14T22:13:20.123456Z\t    8 Query\tSELECT 1` */
const entry =
  /^(?<time>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))\s+(?<id>\d+)[ \t](?<command>[A-Z][A-Za-z ]*)(?:\t|$)/d;
/** Who connected: `root@192.0.2.7 on shop using TCP/IP`. */
const account = /^\S*@\S+/;
/** A statement that is sent, or one that was prepared before. */
const statements = new Set(['Query', 'Execute']);

const fields = ['time', 'client', 'id', 'command'];
const roles: FieldRoles = { time: ['time'], key: ['client'] };

/** Connections tell their client once, when they begin; the number of a connection stands for one that began before the log. */
class StatementSplitter implements Splitter {
  readonly fields = fields;
  readonly #clients = new Map<string, string>();

  column(name: string): number {
    return columnOf(fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const text = buf.toString('latin1', from, to);
    const found = entry.exec(text);
    const { id = '', command = '' } = found?.groups ?? {};
    if (command === 'Connect') this.#connect(id, text.slice(found?.[0].length));
    const places = found?.indices?.groups;
    if (places === undefined || !statements.has(command)) return skips.notARequest; // or the next line of a statement
    const client = this.#clients.get(id);
    spans.buf = client === undefined ? buf : Buffer.from(text + client, 'latin1');
    const start = client === undefined ? from : 0;
    for (const [field, name] of fields.entries()) {
      const [begin, end] = places[name] ?? places.id;
      spans.set(field, start + begin, start + end);
    }
    if (client !== undefined) spans.set(1, text.length, text.length + client.length);
    return undefined;
  }

  #connect(id: string, argument: string): void {
    const client = account.exec(argument)?.[0];
    if (client !== undefined) this.#clients.set(id, client);
  }
}

export const mysqlGeneral: TraceFormat = {
  name: 'mysql-general',
  title: 'MySQL general query log',
  about: 'Statements in the general query log of MySQL 5.7 and later; connecting and leaving are no requests',
  defaults: { time: 'time', key: 'client' },
  open(context) {
    const isIt = context.sample.lines.some((line) => entry.test(line));
    if (context.options.format !== mysqlGeneral.name && !isIt) return undefined;
    return new FieldLines(mysqlGeneral.title, new StatementSplitter(), rolesFor(roles, context), context);
  },
};
