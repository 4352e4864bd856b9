/** For tests: times that look like numbers, and the numbers of days and weeks. */
import type { FormatSample } from './formats.samples.ts';

const skipped = { header: 1 };

export const dateSamples: readonly FormatSample[] = [
  {
    shows: 'days of digits alone, over the end of a month',
    format: 'counts per 1d, CSV',
    lines: ['date,count', '20231129,2', '20231130,1', '20231201,1'],
    requests: [
      ['2023-11-29T00:00:00Z', 'all', 1, 0],
      ['2023-11-29T00:00:00Z', 'all', 1, 0],
      ['2023-11-30T00:00:00Z', 'all', 1, 0],
      ['2023-12-01T00:00:00Z', 'all', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'hours of digits alone, as Wikimedia counts its views',
    format: 'counts per 1h, JSON objects',
    lines: [
      '{"items":[{"project":"en.wikipedia","timestamp":"2023111400","views":1},',
      '{"project":"en.wikipedia","timestamp":"2023111401","views":1},',
      '{"project":"en.wikipedia","timestamp":"2023111402","views":1}]}',
    ],
    requests: [
      ['2023-11-14T00:00:00Z', 'all', 1, 0],
      ['2023-11-14T01:00:00Z', 'all', 1, 0],
      ['2023-11-14T02:00:00Z', 'all', 1, 0],
    ],
  },
  {
    shows: 'a date and a time of day of digits alone, one of which lost its first zero',
    format: 'CSV',
    lines: ['date,time,client', '20231114,93015,a', '20231114,221320,b'],
    requests: [
      ['2023-11-14T09:30:15Z', 'a', 1, 0],
      ['2023-11-14T22:13:20Z', 'b', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'the same without names',
    format: 'TSV',
    lines: ['20231114\t2213\ta', '20231114\t2214\tb'],
    requests: [
      ['2023-11-14T22:13:00Z', 'a', 1, 0],
      ['2023-11-14T22:14:00Z', 'b', 1, 0],
    ],
  },
  {
    shows: 'a date of digits alone beside a time of day with its marks',
    format: 'CSV',
    lines: ['date,time,client', '20231114,09:30:15.5,a', '20231115,22:13:20,b'],
    requests: [
      ['2023-11-14T09:30:15.5Z', 'a', 1, 0],
      ['2023-11-15T22:13:20Z', 'b', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'digits down to the millisecond',
    format: 'CSV',
    lines: ['ts,client', '20231114221320125,a'],
    requests: [['2023-11-14T22:13:20.125Z', 'a', 1, 0]],
    skipped,
  },
  {
    shows: 'seconds from a start that come upon a day that is none',
    format: 'CSV',
    lines: ['timestamp,client', '20231130,a', '20231131,b'],
    requests: [
      ['1970-08-23T03:45:30Z', 'a', 1, 0],
      ['1970-08-23T03:45:31Z', 'b', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'numbers of days',
    format: 'counts per 1d, CSV',
    lines: ['day,count', '1,1', '2,0', '3,1'],
    requests: [
      ['1970-01-02T00:00:00Z', 'all', 1, 0],
      ['1970-01-04T00:00:00Z', 'all', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'numbers of weeks',
    format: 'counts per 7d, CSV',
    lines: ['week,count', '0,1', '1,1'],
    requests: [
      ['1970-01-01T00:00:00Z', 'all', 1, 0],
      ['1970-01-08T00:00:00Z', 'all', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'a year of two digits in front, where what stands behind it changes',
    format: 'CSV',
    lines: ['date,client', '23/11/14 22:13:20,a', '23/11/15 22:13:20,b'],
    requests: [
      ['2023-11-14T22:13:20Z', 'a', 1, 0],
      ['2023-11-15T22:13:20Z', 'b', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'a year of two digits at the end',
    format: 'CSV',
    lines: ['date,client', '14.11.23 22:13:20,a', '15.11.23 22:13:20,b'],
    requests: [
      ['2023-11-14T22:13:20Z', 'a', 1, 0],
      ['2023-11-15T22:13:20Z', 'b', 1, 0],
    ],
    skipped,
  },
  {
    shows: 'seconds and nanoseconds, as Protocol Buffers write a time',
    format: 'JSON lines',
    lines: ['{"timestamp":{"seconds":1700000000,"nanos":5000000},"ip":"192.0.2.7"}'],
    requests: [['2023-11-14T22:13:20.005Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'the time that all lines have, before one that has a likelier name and is rarely there',
    format: 'JSON lines',
    lines: [
      '{"timestamp":"2023-11-14T22:13:20.5Z","ip":"192.0.2.7"}',
      '{"timestamp":"2023-11-14T22:13:21.5Z","ip":"192.0.2.7","attributes":{"time":"2023-11-14T22:13:21.25Z"}}',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.7', 1, 0],
    ],
  },
  {
    shows: 'names written otherwise in the middle, of a file that was joined to another',
    format: 'CSV',
    lines: ['time,ip', '2023-11-14T22:13:20.5Z,192.0.2.7', 'Time,IP', '2023-11-14T22:13:21.5Z,192.0.2.7'],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.7', 1, 0],
    ],
    skipped: { header: 2 },
  },
  {
    shows: 'the start before the time of the end, and the time of a response that is no duration',
    format: 'JSON lines',
    lines: [
      '{"start_timestamp":1700000000.5,"timestamp":1700000002.5,"response_time":"2023-11-14T22:13:22Z","user":"a"}',
    ],
    requests: [['2023-11-14T22:13:20.5Z', 'a', 1, 0]],
  },
  {
    shows: 'a date of digits before a time of day, in quotes of the audit log of MariaDB',
    format: 'CSV',
    lines: [
      "20231114 22:13:20,host7,ann,192.0.2.7,7,1,QUERY,shop,'SELECT 1, 2',0",
      "20231114 22:13:21.25,host7,bob,192.0.2.8,8,2,QUERY,shop,'SELECT 3, 4',0",
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.25Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'a time of two words below one name, in a table of fixed widths',
    format: 'table parted by blanks',
    lines: [
      'TIME                CLIENT      METHOD',
      '2023-11-14 22:13:20 192.0.2.7   GET',
      '2023-11-14 22:13:21 192.0.2.8   GET',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
    ],
    skipped: { header: 1 },
  },
];
