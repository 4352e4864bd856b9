import { UsageError } from '../../../errors.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { timeInFront } from '../text/front.ts';
import { ownTime } from '../text/prefix.ts';
import { PatternSplitter } from './patternsplitter.ts';

/** `… LOG C-0x562376c014e0: shop/ann@192.0.2.7:43866 login attempt: db=shop user=ann tls=no` */
const login =
  / C-0x[0-9a-f]+: (?<database>[^\s/]+)\/(?<user>\S+)@(?<client>\S+?)(?:\(\d+\))?(?::\d+)? login attempt: /d;
const other = / LOG (?:[CS]-0x[0-9a-f]+: |stats: \d+ xacts\/s)/;
const roles: FieldRoles = { time: [timeInFront], key: ['client'] };

export const pgbouncer: TraceFormat = {
  name: 'pgbouncer',
  title: 'PgBouncer log',
  about: 'Connections that clients made to PgBouncer; its log tells no queries',
  defaults: { time: 'the time in front', key: 'client' },
  open(context) {
    const { options, sample, file } = context;
    if (options.format !== pgbouncer.name && !sample.lines.some((line) => login.test(line))) {
      if (!sample.lines.some((line) => other.test(line))) return undefined;
      throw new UsageError(
        `${file}: a log of PgBouncer that tells no logins; log them with log_connections = 1`,
      );
    }
    const splitter = new PatternSplitter(login, ['client', 'user', 'database'], ownTime);
    return new FieldLines(pgbouncer.title, splitter, rolesFor(roles, context), context);
  },
};
