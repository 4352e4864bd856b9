import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { parseTemplate, TemplateSplitter } from './nginx.ts';

/** Redis, MONITOR: `1339518083.107412 [0 127.0.0.1:60866] "keys" "*"`, behind an `OK` of the command itself. */
const template = parseTemplate('$time [$database $client] "$command"');
const roles: FieldRoles = { time: ['time'], timeUnit: 's', key: ['client'] };

export const redisMonitor: TraceFormat = {
  name: 'redis-monitor',
  title: 'Redis MONITOR',
  about: 'What `redis-cli MONITOR` printed: each command that a server was given',
  defaults: { time: 'time', key: 'client' },
  open(context) {
    const entry = /^\d+\.\d{6} \[\d+ \S+\] "/;
    if (
      context.options.format !== redisMonitor.name &&
      !context.sample.lines.some((line) => entry.test(line))
    )
      return undefined;
    return new MonitorLines(
      redisMonitor.title,
      new TemplateSplitter(template),
      rolesFor(roles, context),
      context,
    );
  },
};

const reply = Buffer.from('OK');

class MonitorLines extends FieldLines {
  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    if (to - from === reply.length && reply.compare(buf, from, to) === 0) return skips.notARequest;
    return super.line(buf, from, to);
  }
}
