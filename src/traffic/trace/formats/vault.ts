import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/** HashiCorp Vault, "Audit devices": an entry when a request comes and one, with the same request, when it was answered. */
export const vault = jsonFormat({
  name: 'vault',
  title: 'Vault audit log',
  about: 'Audit entries of HashiCorp Vault; each request counts once, when it came',
  isRequest: (record) => record.type === 'request',
  isOurs: ({ type, auth, request }) =>
    (type === 'request' || type === 'response') && isOfVault(auth, request),
  time: 'time',
  key: 'request.remote_address|auth.entity_id',
});

function isOfVault(auth: unknown, request: unknown): boolean {
  return typeof auth === 'object' && isRecord(request) && 'operation' in request && 'path' in request;
}
