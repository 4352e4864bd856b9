import { withoutUnit } from '../time/unitname.ts';

/** Names under which tables and JSON lines keep what we need, the likeliest first; compared without case and marks. */
export const usualNames = {
  time: words(
    'starttimestamp time timestamp ts t datetime eventtime starttime startdatetime starteddatetime start ' +
      'started startedat requestreceivedtimestamp arrival arrivaltime arrivaltimestamp arrivedat receivedat requestedat invocationtime ' +
      'starttimeunixnano timeunixnano created createdat date ' +
      'period second minute hour day week window bucket epoch unixtime unixtimestamp msec timeiso8601 timelocal requesttime requeststart',
  ),
  end: words('endtimestamp endtime endtimeunixnano end ended endedat finished finishedat completedat'),
  key: words(
    'origh key apikey apikeyid clientid client clientip callerip calleripaddress remoteip remoteaddr remoteaddress ip ipaddress ' +
      'clientaddress clientaddr clientipaddress sourceip sourceipaddress sourceaddress srcip srcaddr cip cliip ' +
      'userid uid user username customer customerid tenant tenantid orgid organizationid account accountid ' +
      'login session sessionid token caller remotehost peerip peeraddress peer remote author actor anonid who requester',
  ),
  /** The client as proxies tell it, beside the address of the last of them. */
  forwarded: words(
    'xforwardedfor httpxforwardedfor forwardedfor trueclientip cfconnectingip xrealip httpxrealip',
  ),
  /** What is asked rather than who asks, unless it differs: a key where nothing better is. */
  asked: words(
    'host hostname source src function functionid app appid func service serviceid servicename endpoint route cachekey',
  ),
  cost: words('cost weight units tokens credits quantity'),
  duration: words(
    'duration responsetime elapsed elapsedtime latency latencyhuman timetaken servicetime took processingtime ' +
      'requesttime reqtime requestduration',
  ),
  count: words(
    'count counts requests requestcount numrequests nrequests nummodelrequests invocations hits calls arrivals views pageviews opcount n',
  ),
  method: words('method verb httpmethod requestmethod reqmethod httprequestmethod httpreqmethod csmethod'),
  rate: words('rate rps qps requestrate requestspersecond ratepersecond arrivalrate'),
};
export type Role = keyof typeof usualNames;

export function words(list: string): string[] {
  return list.split(' ');
}

const rateOrZone = /(?:_|\.|-|\s|\()+(?:per_s|utc)\)?$/i;

/** Fields that hold a part of a time by their names. */
export function timeParts(fields: readonly string[]): readonly string[] {
  return fields.filter((field) => /^(?:year|month|day|hour|minute|second)$/i.test(field));
}

/** A name without case, marks and unit: `@timestamp` and `Timestamp_ms` are both `timestamp`. */
export function plain(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const bare = withoutUnit(last.replace(/\/s(?:ec)?$/i, 'persecond').replace(rateOrZone, ''));
  return bare.replace(/[^a-z0-9]/gi, '').toLowerCase();
}

/** Its last two names as one: `client.ip` is `clientip`, which tells more than `ip`. */
export function plainPair(name: string): string {
  const names = name.split('.');
  return names.length < 2 ? plain(name) : plain(names.slice(-2).join(''));
}

/** The name of what was hidden before a log was published: `hashed_ip` is an ip, `AnonUserId` a userid. */
export function unmasked(name: string): string {
  return plain(name).replace(/^(?:anonymi[sz]ed|anon|hashed|masked)(?=.{2})/, '');
}
