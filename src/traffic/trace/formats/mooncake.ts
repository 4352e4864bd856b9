import { valueAt } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/** Mooncake (USENIX FAST 2025) request traces of a language model: timestamp in milliseconds from the start. */
export const mooncake = jsonFormat({
  name: 'mooncake',
  title: 'Mooncake trace',
  about: 'Requests to a language model: milliseconds from the start, token counts, no clients',
  isRequest: (record) =>
    'timestamp' in record && 'input_length' in record && Array.isArray(valueAt(record, ['hash_ids'])),
  time: 'timestamp',
  timeUnit: 'ms',
  key: '',
});
