import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { QuotedSplitter } from '../text/quoted.ts';

/** EPA-HTTP of the Internet Traffic Archive: host, [day:hour:minute:second] of August 1995, request, status, bytes. */
const fields = 'host time request status bytes'.split(' ');
const roles: FieldRoles = { time: ['time'], key: ['host'] };

export const epa: TraceFormat = {
  name: 'epa',
  title: 'EPA-HTTP trace',
  about:
    'Web log of the EPA in the Internet Traffic Archive, whose times are a day of the month and a time of day',
  defaults: { time: 'time', key: 'host' },
  open(context) {
    const entry = /^\S+ \[\d\d:\d\d:\d\d:\d\d\] "/;
    if (context.options.format !== epa.name && !context.sample.lines.some((line) => entry.test(line)))
      return undefined;
    return new FieldLines(epa.title, new QuotedSplitter(fields, 5), rolesFor(roles, context), context);
  },
};
