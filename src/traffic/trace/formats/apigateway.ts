import { jsonFormat } from './jsonlog.ts';

/** Amazon API Gateway, "Variables for access logging": requestTimeEpoch in ms, requestTime as CLF, latencies in ms. */
export const apiGateway = jsonFormat({
  name: 'api-gateway',
  title: 'API Gateway JSON log',
  about: 'Access log of Amazon API Gateway in JSON, with the names that its console proposes',
  isRequest: (record) =>
    'requestId' in record &&
    ('requestTimeEpoch' in record || 'requestTime' in record) &&
    !('StartUTC' in record),
  time: 'requestTimeEpoch|requestTime',
  key: 'apiKeyId|ip|sourceIp|identity.sourceIp|caller|user',
  duration: 'responseLatency|integrationLatency',
  durationUnitUs: 1e3,
});
