import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { blank } from '../text/bytes.ts';
import { CsvSplitter } from '../text/csv.ts';

/** Squid, "logformat", the built-in `squid`: when the request was done, how many milliseconds it took, the client. */
const fields = 'time elapsed client result bytes method url user hierarchy type'.split(' ');

const roles: FieldRoles = {
  time: ['time'],
  timeUnit: 's',
  key: ['client'],
  durations: ['elapsed'],
  durationUnitUs: 1e3,
  endsAt: true,
};

export const squid: TraceFormat = {
  name: 'squid',
  title: 'Squid log',
  about: "Access log of Squid in its own format; the time is the request's end",
  defaults: { time: 'time', key: 'client', duration: 'elapsed' },
  open(context) {
    const entry = /^\d+\.\d{3} +-?\d+ \S+ [A-Z_]+\/\d{3} \d+ [A-Z_]+ /;
    if (context.options.format !== squid.name && !context.sample.lines.some((line) => entry.test(line)))
      return undefined;
    return new FieldLines(squid.title, new CsvSplitter(fields, blank), rolesFor(roles, context), context);
  },
};
