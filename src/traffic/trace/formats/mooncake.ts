import { type JsonRecord, valueAt } from '../text/json.ts';
import { areDecimalSeconds } from './guess.ts';
import { jsonFormat } from './jsonlog.ts';

/** Records of requests to a language model by the blocks of their prompts, whose kin differ in the unit of their times. */
function isOfBlocks(record: JsonRecord): boolean {
  return 'timestamp' in record && 'input_length' in record && Array.isArray(valueAt(record, ['hash_ids']));
}

/** Milliseconds, which are whole, or seconds with decimals. */
function timeUnit(records: readonly JsonRecord[]): 's' | 'ms' {
  return areDecimalSeconds(records.map(({ timestamp }) => String(timestamp))) ? 's' : 'ms';
}

/** Mooncake (USENIX FAST 2025) request traces of a language model: timestamp in milliseconds from the start. */
export const mooncake = jsonFormat({
  name: 'mooncake',
  title: 'Mooncake trace',
  about: 'Requests to a language model: milliseconds from the start, token counts, no clients',
  isRequest: (record) => isOfBlocks(record) && !('chat_id' in record),
  time: 'timestamp',
  timeUnit,
  key: '',
});

/** Qwen-Bailian anonymous dataset (USENIX ATC 2025): turns of chats, timestamp in seconds from the start. */
export const bailian = jsonFormat({
  name: 'bailian',
  title: 'Qwen-Bailian trace',
  about: 'Turns of chats with a language model: seconds from the start, token counts, no clients',
  isRequest: (record) => isOfBlocks(record) && 'chat_id' in record,
  time: 'timestamp',
  timeUnit,
  key: '',
});
