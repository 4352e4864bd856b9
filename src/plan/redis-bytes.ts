/**
 * Bytes that a key takes in Redis 7, counted as its source lays it out: every allocation at the size class that jemalloc
 * serves it from. `redis-bytes.test.ts` holds each algorithm's state to a real server.
 *
 *   key table ──► entry ──► key text            expiry table ──► entry
 *    8 B a slot    24 B │    1–3 B + text        8 B a slot       24 B
 *                       └──► object 16 B ──► value: int, embedded text, listpack, list of listpacks, table, skip list
 */
import type { RedisEntries, RedisValue } from '../algorithms/redis/state.ts';

/** How a server is built and set, as far as it changes the size of a key. */
export interface RedisBuild {
  /** Spacing of jemalloc's small size classes: 8 in Redis's own build and images, 16 where the system's jemalloc is used. */
  readonly quantum: 8 | 16;
  /** In Cluster mode Redis 7 keeps a list of the keys of each slot. */
  readonly isCluster: boolean;
}

/** Of Redis 7's own redis.conf: what a value may have before it leaves the listpack for something larger. */
const most = { hashEntries: 512, sortedSetEntries: 128, textBytes: 64, nodeBytes: 8192 };
const object = 16;
const tableEntry = 24;
const slotListEntry = 16;
const longestEmbeddedText = 44;

/** Bytes of the tables' slots, which double whenever as many keys are there. */
export function tableBytes(entries: number): number {
  return entries < 1 ? 0 : 8 * 2 ** Math.ceil(Math.log2(Math.max(entries, 4)));
}

/** Bytes of one key with a time to live, without its share of the two tables. */
export function keyBytes(value: RedisValue, nameBytes: number, build: RedisBuild): number {
  const { size } = allocator(build);
  const more = build.isCluster ? slotListBytes(build) : 0;
  return 2 * size(tableEntry) + more + size(textBytes(nameBytes)) + valueBytes(value, build);
}

/** What a key takes more in Cluster mode. */
export function slotListBytes(build: Pick<RedisBuild, 'quantum'>): number {
  const { size } = allocator(build);
  return size(tableEntry + slotListEntry) - size(tableEntry);
}

function valueBytes({ type, entries }: RedisValue, build: RedisBuild): number {
  const { size } = allocator(build);
  if (type === 'string') return stringBytes(entries[0].texts[0], build);
  if (type === 'list') return size(object) + listBytes(entries[0], build);
  const longest = type === 'hash' ? most.hashEntries : most.sortedSetEntries;
  const isSmall =
    countOf(entries) <= longest &&
    entries.every(({ texts }) => texts.every(({ length }) => length <= most.textBytes));
  if (isSmall) return size(object) + size(listpackBytes(entries));
  return size(object) + (type === 'hash' ? hashTableBytes(entries, build) : skipListBytes(entries, build));
}

function stringBytes(text: string, build: RedisBuild): number {
  const { size } = allocator(build);
  if (isWholeNumber(text)) return size(object); // held in the pointer's place
  if (text.length <= longestEmbeddedText) return size(object + 3 + text.length + 1);
  return size(object) + size(textBytes(text.length));
}

/** A list is a chain of listpacks of at most 8 KiB. */
function listBytes({ texts, times }: RedisEntries, build: RedisBuild): number {
  const { size } = allocator(build);
  const bytes = entryBytes(texts[0]);
  const fits = Math.floor((most.nodeBytes - listpackBytes([])) / bytes);
  const full = Math.floor(times / fits);
  const rest = times - full * fits;
  const node = (items: number) => size(40) + size(listpackBytes([{ texts, times: items }]));
  return size(40) + full * node(fits) + (rest > 0 ? node(rest) : 0);
}

function hashTableBytes(entries: readonly RedisEntries[], build: RedisBuild): number {
  const { size } = allocator(build);
  const each = ({ texts }: RedisEntries) =>
    size(tableEntry) + texts.reduce((sum, { length }) => sum + size(textBytes(length)), 0);
  return size(56) + size(tableBytes(countOf(entries))) + sumOver(entries, each);
}

/** Beside the table each member is in a node with 1/(1 − 1/4) levels in the mean, and a head of 32 levels. */
function skipListBytes(entries: readonly RedisEntries[], build: RedisBuild): number {
  const { size } = allocator(build);
  const node = [1, 2, 3, 4].reduce(
    (sum, levels) => sum + size(24 + levels * 16) * 0.75 * 0.25 ** (levels - 1),
    0,
  );
  const each = ({ texts: [member] }: RedisEntries) =>
    size(tableEntry) + size(textBytes(member.length)) + node;
  const heads = size(16) + size(56) + size(32) + size(24 + 32 * 16);
  return heads + size(tableBytes(countOf(entries))) + sumOver(entries, each);
}

/** A listpack: entries without gaps behind 6 bytes of head and before one of end. */
function listpackBytes(entries: readonly RedisEntries[]): number {
  return 7 + sumOver(entries, ({ texts }) => texts.reduce((sum, text) => sum + entryBytes(text), 0));
}

/** An entry of a listpack: its content, shorter for whole numbers, and its length once more for the way back. */
function entryBytes(text: string): number {
  const content = isWholeNumber(text) ? numberBytes(Number(text)) : text.length + (text.length < 64 ? 1 : 2);
  return content + (content <= 127 ? 1 : 2);
}

function numberBytes(value: number): number {
  const signedBits = Math.ceil(Math.log2(Math.max(Math.abs(value), 1) + 1)) + 1;
  if (value >= 0 && value <= 127) return 1;
  if (signedBits <= 13) return 2;
  return 1 + ([16, 24, 32].find((bits) => signedBits <= bits) ?? 64) / 8;
}

/** A text of its own: head, characters, and a zero. */
function textBytes(length: number): number {
  return length + (length < 32 ? 2 : length < 256 ? 4 : 6);
}

function isWholeNumber(text: string): boolean {
  return /^(?:0|-?[1-9]\d{0,17})$/.test(text);
}

function countOf(entries: readonly RedisEntries[]): number {
  return sumOver(entries, () => 1);
}

function sumOver(entries: readonly RedisEntries[], each: (entries: RedisEntries) => number): number {
  return entries.reduce((sum, entry) => sum + entry.times * each(entry), 0);
}

/** jemalloc: four classes to each doubling, and never closer than the quantum; below it powers of two. */
function allocatorOf(quantum: number) {
  return {
    size(bytes: number): number {
      if (bytes <= 8) return 8;
      const spacing = Math.max(quantum, 2 ** (Math.floor(Math.log2(bytes - 1)) - 2));
      return Math.ceil(bytes / spacing) * spacing;
    },
  };
}

const allocators = { 8: allocatorOf(8), 16: allocatorOf(16) };

function allocator({ quantum }: Pick<RedisBuild, 'quantum'>) {
  return allocators[quantum];
}
