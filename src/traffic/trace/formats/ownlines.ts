import { type Skip, skips } from '../account.ts';
import { Spans, type Splitter } from '../text/spans.ts';

/** As error logs of nginx, Apache, gunicorn, PHP, Envoy and Istio begin, and none of a request. */
const date = String.raw`\[?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d-[A-Z][a-z]{2}-\d{4}|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d)[ T]`;
const level = String.raw`\b(?:emerg|alert|crit|critical|fatal|error|warn|warning|notice|info|debug|trace\d?|inf|wrn|err|dbg)\b`;
/** Go programs of Kubernetes: `I1114 22:13:20.123456       7 controller.go:190] `. */
const klog = String.raw`[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ \S+:\d+\] `;
const logrus = `time="[^"]+" level=`;
/** Scripts that start a container, and what Apache says before it has a log. */
const beginning = String.raw`\S+\.sh: |AH\d{5}: `;

/** A log collector may have written before them. */
const own = new RegExp(`(?:^|\\s)(?:${date}.{0,60}?${level}|${klog}|${logrus}|${beginning})`, 'i');
const lookedAtBytes = 200;
/** The date of a line of the access log, which may be damaged behind it: of the Common Log Format, and of Envoy. */
const ofAccess = / \[\d\d\/[A-Z][a-z]{2}\/\d{4}:|\dZ\] "/;

/**
 * An access log among lines that the server writes about itself, as containers have them whose two streams are one: those are no
 * requests, and no damaged lines.
 */
export class AmongOwnLines implements Splitter {
  readonly fields: readonly string[];

  private constructor(private readonly access: Splitter) {
    this.fields = access.fields;
  }

  /** Lines without any of this access log are of another format, whatever else they tell. */
  static of(access: Splitter, lines: readonly string[]): Splitter {
    const spans = new Spans();
    const isOfAccess = (line: string) => {
      const bytes = Buffer.from(line);
      return access.split(bytes, 0, bytes.length, spans, access.fields.length - 1) === undefined;
    };
    return lines.some(isOfAccess) ? new AmongOwnLines(access) : access;
  }

  column(name: string): number {
    return this.access.column(name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    const skip = this.access.split(buf, from, to, spans, last);
    if (skip !== skips.wrongShape && skip !== skips.badJson) return skip;
    const head = buf.toString('latin1', from, Math.min(to, from + lookedAtBytes));
    return own.test(head) && !ofAccess.test(head) ? skips.notARequest : skip;
  }
}
