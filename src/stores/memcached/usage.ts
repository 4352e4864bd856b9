import type { StoreUsage } from '../store.ts';
import type { MemcachedClient } from './client.ts';

type Stats = Awaited<ReturnType<MemcachedClient['stats']>>;

/** Every command is counted in one of these. */
const commandCounters = ['cmd_get', 'cmd_set', 'incr_hits', 'incr_misses', 'decr_hits', 'decr_misses'];
const cpuSeconds = ['rusage_user', 'rusage_system'];

/**
 * What decisions have cost, by the difference of the server's own counters. Anyone else who uses the server meanwhile is
 * counted in, and so are our own questions for the counters.
 */
export async function usageSince(
  client: MemcachedClient,
  before: Stats,
  decisions: number,
): Promise<StoreUsage> {
  if (decisions === 0) return {};
  const after = await client.stats();
  const grown = (...names: string[]) =>
    names.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0);
  const items = grown('curr_items');
  return {
    cpuUsPerDecision: (grown(...cpuSeconds) * 1e6) / decisions,
    commandsPerDecision: grown(...commandCounters) / decisions,
    bytesInPerDecision: grown('bytes_read') / decisions,
    bytesOutPerDecision: grown('bytes_written') / decisions,
    evictedKeys: grown('evictions'),
    ...(items > 0 && { memoryBytesPerKey: grown('bytes') / items }),
  };
}
