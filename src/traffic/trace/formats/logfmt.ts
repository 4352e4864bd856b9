import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { LogfmtSplitter, timeInFront } from '../text/logfmt.ts';
import { openPicked } from './pickedlines.ts';
import { isTime } from './table.ts';

const pair = /(?:^|\s)([\w.@/-]+)=(?:"((?:\\.|[^"\\])*)"|(\S*))/g;
const mostWordsInFront = 3;
const fewestPairs = 3; // a query string or a setting in prose is no log of pairs

/** Logs of pairs of any program: fields found by their names or given by the user. */
export const logfmt: TraceFormat = {
  name: 'logfmt',
  generic: true,
  title: 'logfmt',
  about: 'Pairs name=value on each line; fields found by their names or given by --time, --key and --cost',
  defaults: { time: 'by name, else the first word of the line', key: 'by name', duration: 'by name' },
  open(context) {
    const lines = context.sample.lines.filter((line) => !/^\s*(?:[{[]|<[a-z!?])/i.test(line)).map(pairsOf);
    const ofPairs = lines.filter((pairs) => pairs.size >= fewestPairs);
    if (ofPairs.length === 0 || ofPairs.length < lines.length * 0.5) return undefined;
    return openPairs(ofPairs, context);
  },
};

function pairsOf(line: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const word = timeWordOf(line);
  if (word >= 0) pairs.set(timeInFront, line.split(' ')[word]);
  for (const [, name, quoted, bare] of line.matchAll(pair)) pairs.set(name, quoted ?? bare);
  return pairs;
}

/** Which of the first words is a date: behind a syslog header's priority it is the second. */
function timeWordOf(line: string): number {
  const words = line.split(' ', mostWordsInFront);
  return words.findIndex((word) => Number.isNaN(Number(word)) && isTime(word));
}

function openPairs(lines: readonly ReadonlyMap<string, string>[], context: FormatContext): TraceParser {
  const fields = [...new Set(lines.flatMap((pairs) => [...pairs.keys()]))];
  const values = (field: string) => lines.map((pairs) => pairs.get(field) ?? '');
  const timeWord = context.sample.lines.map(timeWordOf).find((word) => word >= 0);
  const splitter = new LogfmtSplitter(fields, timeWord);
  return openPicked(logfmt.title, { fields, values, named: true }, splitter, context);
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
    const isRouted = context.sample.lines.some((line) => line.includes(router));
    if (context.options.format !== herokuRouter.name && !isRouted) return undefined;
    return new RouterLines(
      herokuRouter.title,
      new LogfmtSplitter(routerFields),
      rolesFor(routerRoles, context),
      context,
    );
  },
};

const router = ' heroku[router]: ';
const routerBytes = Buffer.from(router);

class RouterLines extends FieldLines {
  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    const at = buf.subarray(from, Math.min(to, from + 200)).indexOf(routerBytes);
    return at < 0 ? skips.notARequest : super.line(buf, from, to);
  }
}
