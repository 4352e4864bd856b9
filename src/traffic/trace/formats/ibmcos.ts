import { blank } from '../text/bytes.ts';
import { fixedTable } from './fixedtable.ts';

/** IBM Cloud Object Storage (SNIA IOTTA 36305): millisecond from the start, operation, object, size; of some reads also the range. */
export const ibmCos = fixedTable({
  name: 'ibm-cos',
  title: 'IBM object storage trace',
  about: 'Requests to the object storage of IBM Cloud; the key is the object',
  delimiter: blank,
  columns: 'time operation object size start end',
  roles: { time: ['time'], timeUnit: 'ms', key: ['object'] },
  row: /^\d+,REST\.[A-Z]+\.[A-Z]+,[0-9a-f]{16}(?:,\d+)*$/,
});
