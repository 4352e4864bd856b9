import * as z from 'zod';
import { oneOf } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { type Parameter, parametersOf } from '../parameters.ts';
import { parseNumber, parseRatio } from '../units.ts';

const share = z.number().gt(0, 'must be above 0').max(1, 'must be at most 1');
const atLeast = (least: number) => z.number().min(least, `must be at least ${least}`);

/** What is left free and what is taken for granted, all of it adjustable with `--head-room name=value`. */
const headRoomSchema = z.strictObject({
  cpu: share.default(0.6).describe("Of a shard's measured saturation, the most that the peak may use"),
  memory: share
    .default(0.8)
    .describe("Of a node's memory, the most that all of it may use, snapshots included"),
  network: share.default(0.6).describe("Of a node's baseline network rate, the most that may be used"),
  fragmentation: atLeast(1).default(1.25).describe('Resident memory over what the keys take'),
  expired: atLeast(0).default(0.1).describe('Expired keys that Redis has not yet removed, over those alive'),
  base_mib: atLeast(0)
    .default(16)
    .describe('MiB of an empty server with its scripts and replication backlog'),
  connection_kib: atLeast(0).default(20).describe('KiB of buffers of a connection'),
  snapshot_mib_per_s: atLeast(1)
    .default(100)
    .describe('Pace of a fork that writes a snapshot or fills a replica'),
  pages_per_write: atLeast(0)
    .default(3)
    .describe('Pages of 4 KiB that a decision touches, for copy-on-write'),
  packet_bytes: atLeast(0)
    .default(78)
    .describe('Ethernet, IP and TCP heads of a packet; a decision is two packets'),
  round_trip_us: atLeast(0)
    .default(500)
    .describe('Network to the store, added where the calibration was made on the same machine'),
  pod_rate: atLeast(1).default(10_000).describe('Requests a second that one pod of the service takes'),
  pod_connections: atLeast(1).default(8).describe('Connections of a pod to each node'),
});

export const headRoomRules: readonly Parameter[] = parametersOf(headRoomSchema);

export type HeadRoom = Readonly<z.output<typeof headRoomSchema>>;

/** Reads `cpu=50%`, `fragmentation=1.4`. Throws UsageError. */
export function parseHeadRoom(settings: readonly string[]): HeadRoom {
  const known = headRoomRules.map(({ name }) => name);
  const entries = settings.map((setting) => {
    const [name, value = ''] = setting.split('=');
    return [oneOf('rule', name, known), value.endsWith('%') ? parseRatio(value) : parseNumber(value)];
  });
  const parsed = headRoomSchema.safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UsageError(`${path.join('.')}: ${message}`);
}
