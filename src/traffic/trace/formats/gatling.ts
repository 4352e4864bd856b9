import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { columnOf, type Spans, type Splitter } from '../text/spans.ts';

/**
 * Gatling's simulation.log up to 3.9 (later ones are binary): tabs part what happened. Versions differ in what stands before
 * the name of a request, and agree in what follows it: when it began and ended, in milliseconds, and OK or KO.
 */
const request = /^REQUEST\t.*?([^\t]*)\t(\d{13})\t(\d{13})\t(OK|KO)/;
const fields = ['name', 'start', 'duration', 'status'];
const roles: FieldRoles = {
  time: ['start'],
  timeUnit: 'ms',
  key: ['name'],
  durations: ['duration'],
  durationUnitUs: 1e3,
};

class GatlingSplitter implements Splitter {
  readonly fields = fields;

  column(name: string): number {
    return columnOf(fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const text = buf.toString('utf8', from, to);
    const [, name, start, end, status] = request.exec(text) ?? [];
    if (name === undefined) return text.startsWith('REQUEST\t') ? skips.wrongShape : skips.notARequest;
    let at = 0;
    const cells = [name, start, String(Number(end) - Number(start)), status].map((cell) => Buffer.from(cell));
    for (const [field, cell] of cells.entries()) {
      spans.set(field, at, at + cell.length);
      at += cell.length;
    }
    spans.buf = Buffer.concat(cells);
    return undefined;
  }
}

export const gatling: TraceFormat = {
  name: 'gatling',
  title: 'Gatling simulation log',
  about: 'simulation.log of Gatling up to 3.9; starts and ends of users and of the run are no requests',
  defaults: { time: 'start', key: 'name', duration: 'its end less its start' },
  open(context) {
    const isIt = context.sample.lines.some((line) => request.test(line));
    if (context.options.format !== gatling.name && !isIt) return undefined;
    return new FieldLines(gatling.title, new GatlingSplitter(), rolesFor(roles, context), context);
  },
};
