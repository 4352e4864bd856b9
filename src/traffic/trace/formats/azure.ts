import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

const accessLogs = new Set(['FrontDoorAccessLog', 'ApplicationGatewayAccessLog']);

/** Azure Monitor, access logs of Front Door and Application Gateway: written when the response was sent, timeTaken in seconds. */
export const azure = jsonFormat({
  name: 'azure',
  title: 'Azure access log',
  about: 'Access log of Azure Front Door and Application Gateway',
  isRequest: (record) => accessLogs.has(String(record.category)) && isRecord(record.properties),
  time: 'time|timeStamp|properties.time',
  key: 'properties.clientIp|properties.clientIP',
  duration: 'properties.timeTaken',
  durationUnitUs: 1e6,
  endsAt: true,
});
