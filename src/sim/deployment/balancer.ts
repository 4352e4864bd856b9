import * as z from 'zod';
import { grown } from '../../algorithms/columns.ts';
import type { Draw } from '../../traffic/random.ts';

const balances = ['round-robin', 'random', 'least-loaded', 'sticky'] as const;

export const balance = z
  .enum(balances)
  .describe(
    'which node takes a request: in turn, at random, the one with the fewest under way, or the same for each key',
  );

/** Chooses the node that takes an attempt of `key`, among those numbered below `nodes`. */
export type Balancer = (key: number, nodes: number, underWay: Uint32Array) => number;

export function balancerFor(kind: z.output<typeof balance>, draw: Draw): Balancer {
  switch (kind) {
    case 'round-robin':
      return inTurn();
    case 'random':
      return (_key, nodes) => Math.floor(draw() * nodes);
    case 'least-loaded':
      return leastLoaded();
    case 'sticky':
      return sticky();
  }
}

function inTurn(): Balancer {
  let last = -1;
  return (_key, nodes) => {
    last = last + 1 < nodes ? last + 1 : 0;
    return last;
  };
}

/** Of nodes with equally few, the next in turn. */
function leastLoaded(): Balancer {
  const turn = inTurn();
  return (key, nodes, underWay) => {
    let best = turn(key, nodes, underWay);
    for (let step = 1, node = best; step < nodes; step++) {
      node = node + 1 < nodes ? node + 1 : 0;
      if (underWay[node] < underWay[best]) best = node;
    }
    return best;
  };
}

/**
 * The node with the highest hash of key and node takes the key, so that a node that goes gives its keys to all others and
 * no other key moves (D. G. Thaler, C. V. Ravishankar, A name-based mapping scheme for rendezvous, 1996).
 */
function sticky(): Balancer {
  let nodeOf = new Uint32Array(0); // 0 where it is not known; else the node's number and one
  let knownFor = 0;
  return (key, nodes) => {
    if (nodes !== knownFor) nodeOf.fill(0);
    knownFor = nodes;
    nodeOf = grown(nodeOf, key + 1);
    nodeOf[key] ||= highestHash(key, nodes) + 1;
    return nodeOf[key] - 1;
  };
}

function highestHash(key: number, nodes: number): number {
  let best = 0;
  let highest = -1;
  for (let node = 0; node < nodes; node++) {
    const hash = mixed(mixed(key + 1) ^ mixed(node + 0x9e37_79b9));
    if (hash > highest) {
      highest = hash;
      best = node;
    }
  }
  return best;
}

/** A 32-bit finalizer whose every output bit depends on every input bit (A. Appleby, MurmurHash3, fmix32). */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
