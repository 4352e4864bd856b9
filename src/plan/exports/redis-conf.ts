import { keysShare, type PlanExport } from './export.ts';

/** The settings of one node of a row, as redis.conf. */
export const redisConf: PlanExport = (row, plan) => {
  const { node, shards, nodes, memory, load } = row;
  const nodeBytes = (memory.node.resident_bytes + memory.node.copy_on_write_bytes) / memory.node.ratio;
  return `# One of ${nodes} nodes on ${node}, in ${shards} shards.
# As much as the keys may take so that fragmentation and a snapshot still fit beside them.
maxmemory ${Math.floor(nodeBytes * keysShare(row, plan))}
# Never drop counters: a client whose counter is evicted starts anew and passes its limit again. When memory is full, writes
# are refused instead, and the limiter's own rule for a store that fails decides; alert before.
maxmemory-policy noeviction
# State lives for seconds to minutes: what a snapshot could bring back has mostly expired. A replica takes over instead.
save ""
appendonly no
# Expired keys are looked for more eagerly, since every key here expires.
active-expire-effort 2
maxclients ${Math.max(1000, load.connections * 4)}
timeout 0
tcp-keepalive 60
cluster-enabled ${shards > 1 ? 'yes' : 'no'}
`;
};
