import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { LogfmtSplitter } from '../text/logfmt.ts';

/**
 * Apache JMeter, "XML log format 2.1 and later": ts is when the sample began and t how long it took, in milliseconds; lb its
 * label, tn its thread. Samples within a sample are indented; they are parts of it.
 */
const fields = 't it lt ct ts s lb rc rm tn dt de by sby ng na hn'.split(' ');
const roles: FieldRoles = {
  time: ['ts'],
  timeUnit: 'ms',
  key: ['lb'],
  durations: ['t'],
  durationUnitUs: 1e3,
};
const sample = /^<(?:httpSample|sample) /;

export const jmeterXml: TraceFormat = {
  name: 'jmeter-xml',
  title: 'JMeter XML results',
  about: 'Results (JTL) of Apache JMeter as XML',
  defaults: { time: 'ts', key: 'lb', duration: 't' },
  open(context) {
    const isIt = context.sample.lines.some((line) => line.startsWith('<testResults') || sample.test(line));
    if (context.options.format !== jmeterXml.name && !isIt) return undefined;
    return new SampleLines(jmeterXml.title, new LogfmtSplitter(fields), rolesFor(roles, context), context);
  },
};

class SampleLines extends FieldLines {
  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    const head = buf.toString('latin1', from, Math.min(to, from + 16));
    return sample.test(head) ? super.line(buf, from, to) : skips.notARequest;
  }
}
