import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/** Caddy documentation, "log": entries of `http.log.access`; ts is when the entry was written, at the end. */
export const caddy = jsonFormat({
  name: 'caddy',
  title: 'Caddy JSON log',
  about: 'Access log of Caddy; entries that are no requests are skipped',
  isRequest: (record) => isRecord(record.request) && 'duration' in record && 'status' in record,
  isOurs: (record) =>
    'ts' in record &&
    'msg' in record &&
    'level' in record &&
    (isRecord(record.request) || 'logger' in record),
  time: 'ts',
  key: 'request.client_ip|request.remote_ip|request.remote_addr',
  duration: 'duration',
  durationUnitUs: 1e6,
  endsAt: true,
});
