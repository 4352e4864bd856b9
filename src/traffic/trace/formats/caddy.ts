import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/** Caddy documentation, "log": entries of `http.log.access`; ts is when the entry was written, at the end. */
export const caddy = jsonFormat({
  name: 'caddy',
  title: 'Caddy JSON log',
  about: 'Access log of Caddy; entries that are no requests are skipped',
  isRequest: (record) => isRecord(record.request) && 'duration' in record && 'status' in record,
  isOurs: ({ ts, msg, level, request, logger }) =>
    [ts, msg, level].every((value) => value !== undefined) && (isRecord(request) || isCaddys(logger)),
  time: 'ts',
  key: 'request.client_ip|request.remote_ip|request.remote_addr',
  duration: 'duration',
  durationUnitUs: 1e6,
  endsAt: true,
});

/** Loggers of Caddy; other programs that use zap, as it does, write lines of the same shape. */
function isCaddys(logger: unknown): boolean {
  return typeof logger === 'string' && /^(?:http|tls|admin|pki|caddy|events)\b/.test(logger);
}
