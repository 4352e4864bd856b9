/** For tests: results of load generators, and published traces whose tables have no header. */
import type { FormatSample } from './formats.samples.ts';

const k6Row = (metric: string, value: number, name: string) =>
  `${metric},1700000001,${value},,,,true,,GET,${name},HTTP/1.1,default,,200,,tls1.3,${name},,`;

export const loadTestSamples: readonly FormatSample[] = [
  {
    shows: 'only samples of http_req_duration are requests, at the end of their responses',
    format: 'k6 CSV output',
    lines: [
      'metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata',
      k6Row('http_reqs', 1, '/a'),
      k6Row('http_req_duration', 1500.5, '/a'),
      k6Row('http_req_blocked', 0.5, '/a'),
      k6Row('http_req_duration', 20, '/b'),
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '/a', 1, 1_500_500],
      ['2023-11-14T22:13:21Z', '/b', 1, 20_000],
    ],
    skipped: { header: 1, 'not a request': 2 },
  },
  {
    shows: 'requests of three versions, and what else happened',
    format: 'Gatling simulation log',
    lines: [
      'RUN\texample.Simulation\texample\t1700000000000\t \t3.9.5',
      'USER\tbrowse\tSTART\t1700000000100',
      'REQUEST\t\tGET /cart\t1700000000250\t1700000000300\tOK\t ',
      'REQUEST\t7\tgroup one\tGET /pay\t1700000000500\t1700000001500\tKO\ttimeout',
      'REQUEST\tbrowse\t7\t\thome page\t1700000002000\t1700000002001\tOK\t',
      'USER\tbrowse\tEND\t1700000002100',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', 'GET /cart', 1, 50_000],
      ['2023-11-14T22:13:20.5Z', 'GET /pay', 1, 1_000_000],
      ['2023-11-14T22:13:22Z', 'home page', 1, 1_000],
    ],
    skipped: { 'not a request': 3 },
  },
  {
    shows: 'what it writes unless told otherwise: labels, as in its XML',
    format: 'JMeter CSV results',
    lines: [
      'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,bytes,Latency',
      '1700000000250,50,log in,200,OK,users 1-1,true,18,48',
      '1700000001500,5,"wait, then see",200,OK,users 1-2,true,18,5',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', 'log in', 1, 50_000],
      ['2023-11-14T22:13:21.5Z', 'wait, then see', 1, 5_000],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'samples, their parts, and the document around them',
    format: 'JMeter XML results',
    lines: [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testResults version="1.2">',
      '<httpSample t="50" it="0" lt="48" ct="12" ts="1700000000250" s="true" lb="log in" rc="200" rm="OK" tn="users 1-1">',
      '  <httpSample t="20" it="0" lt="18" ct="12" ts="1700000000250" s="true" lb="log in-0" rc="200" rm="OK" tn="users 1-1"/>',
      '</httpSample>',
      '<sample t="5" lt="0" ts="1700000001500" s="true" lb="wait &amp; see" rc="200" rm="OK" tn="users 1-2"/>',
      '</testResults>',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', 'log in', 1, 50_000],
      ['2023-11-14T22:13:21.5Z', 'wait &amp; see', 1, 5_000],
    ],
    skipped: { 'not a request': 5 },
  },
  {
    shows: 'the latency in nanoseconds',
    format: 'vegeta JSON results',
    lines: [
      '{"attack":"","seq":0,"code":200,"timestamp":"2023-11-14T23:13:20.25+01:00","latency":12345678,"bytes_out":0,"bytes_in":2,"error":"","body":"aGk=","method":"GET","url":"http://192.0.2.1/","headers":{}}',
    ],
    requests: [['2023-11-14T22:13:20.25Z', 'http://192.0.2.1/', 1, 12_346]],
  },
  {
    shows: 'the time in nanoseconds too; a body is no key',
    format: 'vegeta CSV results',
    lines: [
      '1700000000250000000,200,12345678,0,2,,aGk=,,0,GET,http://192.0.2.1/a,',
      '1700000000500000000,0,1000,0,0,"dial tcp: refused",,big bang,1,GET,http://192.0.2.1/b,',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', 'http://192.0.2.1/a', 1, 12_346],
      ['2023-11-14T22:13:20.5Z', 'http://192.0.2.1/b', 1, 1],
    ],
  },
  {
    shows: 'the client is the key, not the object',
    format: 'Twitter cache trace',
    lines: ['0,k1q8Zt,23,41,7,get,0', '1,k1q8Zt,23,41,9,set,3600'],
    requests: [
      ['1970-01-01T00:00:00Z', '7', 1, 0],
      ['1970-01-01T00:00:01Z', '9', 1, 0],
    ],
  },
  {
    shows: 'the volume is the key, not the offset',
    format: 'Tencent block storage trace',
    lines: ['1538323200,128,8,0,1001', '1538323201,99328,16,1,1002'],
    requests: [
      ['2018-09-30T16:00:00Z', '1001', 1, 0],
      ['2018-09-30T16:00:01Z', '1002', 1, 0],
    ],
  },
  {
    shows: 'milliseconds, and the object as the key and not the operation; reads have a range',
    format: 'IBM object storage trace',
    lines: [
      '1219008 REST.PUT.OBJECT 8d4fcda3d675bac9 1056',
      '1219974 REST.HEAD.OBJECT 39d177fb735ac5df 528',
      '1220008 REST.GET.OBJECT 8d4fcda3d675bac9 1168 0 1167',
    ],
    requests: [
      ['1970-01-01T00:20:19.008Z', '8d4fcda3d675bac9', 1, 0],
      ['1970-01-01T00:20:19.974Z', '39d177fb735ac5df', 1, 0],
      ['1970-01-01T00:20:20.008Z', '8d4fcda3d675bac9', 1, 0],
    ],
  },
  {
    shows: 'milliseconds from the start; who calls is the key, a response time below 0 is none',
    format: 'Alibaba microservice calls',
    lines: [
      ',traceid,timestamp,rpcid,um,rpctype,dm,interface,rt',
      '0,0b1,1250,0.1,frontend,rpc,cart,i1,3',
      '1,0b1,1500,0.1.1,cart,mc,store,i2,-2',
    ],
    requests: [
      ['1970-01-01T00:00:01.25Z', 'frontend', 1, 3_000],
      ['1970-01-01T00:00:01.5Z', 'cart', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'decimal seconds from the start, unlike its kin',
    format: 'Qwen-Bailian trace',
    lines: [
      '{"chat_id": 7, "parent_chat_id": -1, "timestamp": 61.25, "input_length": 521, "output_length": 132, "type": "text", "turn": 1, "hash_ids": [1, 2]}',
      '{"chat_id": 8, "parent_chat_id": 7, "timestamp": 62.5, "input_length": 17, "output_length": 9, "type": "text", "turn": 2, "hash_ids": [1, 3]}',
    ],
    requests: [
      ['1970-01-01T00:01:01.25Z', 'all', 1, 0],
      ['1970-01-01T00:01:02.5Z', 'all', 1, 0],
    ],
  },
  {
    shows: 'a session, a date, a thing: no trace of ours although the numbers stand where its do',
    format: 'CSV',
    lines: ['1,2023-11-14T22:13:20.25Z,214,0', '2,2023-11-14T22:13:21.5Z,214,0'],
    requests: [
      ['2023-11-14T22:13:20.25Z', '1', 1, 0],
      ['2023-11-14T22:13:21.5Z', '2', 1, 0],
    ],
  },
  {
    shows: 'durations in the unit of the times beside them',
    format: 'JSON lines',
    lines: ['{"timestamp":1700000000250000,"duration":12500,"user":"u1"}'],
    requests: [['2023-11-14T22:13:20.25Z', 'u1', 1, 12_500]],
  },
  {
    shows: 'of two durations the one with its unit',
    format: 'JSON lines',
    lines: [
      '{"time":"2023-11-14T22:13:20.25Z","remote_ip":"192.0.2.1","latency":13345,"latency_human":"13.345µs"}',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 13]],
  },
  {
    shows: 'a unit in camel case',
    format: 'JSON lines',
    lines: ['{"timestampMs":1700000000250,"clientIp":"192.0.2.1","durationUs":250}'],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 250]],
  },
  {
    shows: 'nanoseconds of Elastic Common Schema within a document that a search gave',
    format: 'JSON lines',
    lines: [
      '{"_source":{"@timestamp":"2023-11-14T22:13:20.25Z","source":{"ip":"192.0.2.1"},"event":{"duration":50000000}}}',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 50_000]],
  },
  {
    shows: 'the first of several addresses is the client’s',
    format: 'JSON lines',
    lines: [
      '{"time":"2023-11-14T22:13:20.25Z","client":"192.0.2.1, 198.51.100.7"}',
      '{"time":"2023-11-14T22:13:20.5Z","client":"2001:db8::7,198.51.100.7"}',
      '{"time":"2023-11-14T22:13:20.75Z","client":"Doe, Jane"}',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:20.5Z', '2001:db8::7', 1, 0],
      ['2023-11-14T22:13:20.75Z', 'Doe, Jane', 1, 0],
    ],
  },
  {
    shows: 'a time whose name only has a time in it, and the hidden name of a user',
    format: 'TSV',
    lines: ['relative_unix\tAnonUserId\tresponse_time_ms', '7\tu1\t5', '9\tu2\t6'],
    requests: [
      ['1970-01-01T00:00:07Z', 'u1', 1, 5_000],
      ['1970-01-01T00:00:09Z', 'u2', 1, 6_000],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'durations in the 100 ns of the times beside them',
    format: 'CSV',
    lines: ['Timestamp,Hostname,ResponseTime', '133444736002500000,h1,413'],
    requests: [['2023-11-14T22:13:20.25Z', 'h1', 1, 41]],
    skipped: { header: 1 },
  },
  {
    shows: 'addresses of blocks that have the size of dates, beside the times',
    format: 'table parted by blanks',
    options: { time: '1:ns' },
    lines: ['88112233366763 411 logger 904265560 8 W', '88112233396763 412 backup 904265568 8 W'],
    requests: [
      ['1970-01-02T00:28:32.233366Z', 'logger', 1, 0],
      ['1970-01-02T00:28:32.233396Z', 'backup', 1, 0],
    ],
  },
];
