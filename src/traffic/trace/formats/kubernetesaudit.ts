import { jsonFormat } from './jsonlog.ts';

/** Stages in which a request was not answered yet: it is told again when it was. */
const unanswered = new Set(['RequestReceived', 'ResponseStarted']);

/** Kubernetes, "Auditing", audit.k8s.io/v1: an event for each stage of a request; requestReceivedTimestamp is the same in all. */
export const kubernetesAudit = jsonFormat({
  name: 'kubernetes-audit',
  title: 'Kubernetes audit log',
  about: 'Audit events of a Kubernetes API server; each request counts once, when it was answered',
  isRequest: (record) => 'auditID' in record && 'verb' in record && !unanswered.has(String(record.stage)),
  isOurs: (record) => 'auditID' in record && 'stage' in record && 'requestURI' in record,
  time: 'requestReceivedTimestamp|stageTimestamp',
  key: 'user.username|sourceIPs.0',
});
