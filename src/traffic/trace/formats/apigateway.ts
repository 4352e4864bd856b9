import { jsonFormat } from './jsonlog.ts';
import { textLog } from './textlog.ts';

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

/** The XML that its console proposes: an element a line. */
export const apiGatewayXml = textLog({
  name: 'api-gateway-xml',
  title: 'API Gateway XML log',
  about: 'Access log of Amazon API Gateway in XML, with the names that its console proposes',
  template:
    '<request id="$id"> <ip>$ip</ip> <caller>$caller</caller> <user>$user</user> <requestTime>$time</requestTime> $rest',
  begins: /<request id="/,
  roles: { time: ['time'], key: ['ip'] },
});
