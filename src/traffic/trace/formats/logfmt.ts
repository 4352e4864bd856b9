import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { frontTime, timeInFront } from '../text/front.ts';
import { LogfmtSplitter, mostInFront } from '../text/logfmt.ts';
import { tellClients } from '../text/request.ts';
import { keyField } from './keyfield.ts';
import { openPicked } from './pickedlines.ts';

const pair = /(?:^|\s)([\w.@/-]+)=(?:"((?:\\.|[^"\\])*)"|(\S*))/g;
/** The comma that parts a value from the next, or the brace that closes the pairs. */
const behindBare = /^(.*),$|^([^{]*)\}:?$/;
/** JSON and markup. */
const otherNotation = /^\s*(?:\{|\[\s*[{[\]"]|<[a-z!?/])/i;
const fewestPairs = 3; // a query string or a setting in prose is no log of pairs

/** Logs of pairs of any program: fields found by their names or given by the user. */
export const logfmt: TraceFormat = {
  name: 'logfmt',
  generic: true,
  title: 'logfmt',
  about: 'Pairs name=value on each line; fields found by their names or given by --time, --key and --cost',
  defaults: { time: 'by name, else what stands in front of the pairs', key: 'by name', duration: 'by name' },
  open(context) {
    const lines = context.sample.lines.filter((line) => !otherNotation.test(line)).map(pairsOf);
    const ofPairs = lines.filter((pairs) => pairs.size >= fewestPairs);
    if (ofPairs.length === 0 || ofPairs.length < lines.length * 0.5) return undefined;
    return openPairs(lines, context);
  },
};

function pairsOf(line: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const front = line.slice(0, mostInFront).split('=', 1)[0];
  const time = frontTime(front);
  if (time !== undefined) pairs.set(timeInFront, front.slice(time.from, time.to));
  for (const [, name, quoted, bare] of line.matchAll(pair))
    pairs.set(name, quoted ?? bare.replace(behindBare, '$1$2'));
  return pairs;
}

function openPairs(
  lines: readonly ReadonlyMap<string, string>[],
  context: FormatContext,
): TraceParser | undefined {
  const fields = [...new Set(lines.flatMap((pairs) => [...pairs.keys()]))];
  const values = (field: string) => lines.map((pairs) => pairs.get(field) ?? '');
  const columns = { fields, values, named: true };
  const { options, sample } = context;
  const isWithoutKey = options.key === undefined && keyField(columns, undefined) === undefined;
  if (isWithoutKey && options.format === undefined && tellClients(sample.lines)) return undefined;
  return openPicked(logfmt.title, columns, new LogfmtSplitter(fields), context);
}

const routerFields = [
  timeInFront,
  ...'at code desc method path host request_id fwd dyno connect service status bytes'.split(' '),
];

/** Heroku, "HTTP routing" and "Log format": written when the response is done, after `connect` and `service`. */
const routerRoles: FieldRoles = {
  time: [timeInFront],
  key: ['fwd'],
  durations: ['connect', 'service'],
  durationUnitUs: 1e3,
  endsAt: true,
};

export const herokuRouter: TraceFormat = {
  name: 'heroku',
  title: 'Heroku router log',
  about: "Lines of Heroku's router in the log of an app; lines of the app itself are no requests",
  defaults: { time: timeInFront, key: 'fwd', duration: 'connect and service' },
  open(context) {
    const isRouted = context.sample.lines.some((line) => router.test(line));
    if (context.options.format !== herokuRouter.name && !isRouted) return undefined;
    return new RouterLines(
      herokuRouter.title,
      new LogfmtSplitter(routerFields),
      rolesFor(routerRoles, context),
      context,
    );
  },
};

/** As `heroku logs`, Papertrail and a drain of syslog name it. */
const router = /\bheroku(?:\[router\]:|\/router:| router -) /;

class RouterLines extends FieldLines {
  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    const isRouted = router.test(buf.toString('latin1', from, Math.min(to, from + mostInFront)));
    return isRouted ? super.line(buf, from, to) : skips.notARequest;
  }
}
