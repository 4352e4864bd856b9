import type { Fleet } from './deployment.ts';
import type { EventLoop } from './event-loop.ts';

type Autoscaling = Exclude<Fleet['nodes'], number>;

const tolerance = 0.1;

/**
 * How many nodes are at work. An autoscaler looks at the load every so often and sets
 *   nodes = ⌈nodes · load / target⌉   unless load / target is within 10 % of 1
 * and takes nodes away only down to the most that it found necessary during the time to settle: the rule of the Kubernetes
 * Horizontal Pod Autoscaler. New nodes begin with an empty memory.
 */
export class NodeCount {
  /** That there can ever be. */
  readonly most: number;
  #now: number;
  #fewest: number;
  #highest: number;
  #requests = 0;
  #wanted: { readonly atUs: number; readonly nodes: number }[] = [];

  /** `onAdded` hears of each node that begins. */
  constructor(nodes: Fleet['nodes'], loop: EventLoop, onAdded: (node: number) => void) {
    this.most = typeof nodes === 'number' ? nodes : nodes.max;
    this.#now = typeof nodes === 'number' ? nodes : nodes.min;
    this.#fewest = this.#now;
    this.#highest = this.#now;
    if (typeof nodes !== 'number') this.#scale(nodes, loop, onAdded);
  }

  /** At work at this instant. */
  get now(): number {
    return this.#now;
  }

  /** At work at once so far, at the least. */
  get fewest(): number {
    return this.#fewest;
  }

  /** At work at once so far, at the most. */
  get highest(): number {
    return this.#highest;
  }

  /** A request has come. */
  count(): void {
    this.#requests++;
  }

  #scale(autoscaling: Autoscaling, loop: EventLoop, onAdded: (node: number) => void): void {
    const look = loop.handler(() => {
      this.#set(this.#wantedNow(autoscaling, loop.nowUs), onAdded);
      loop.schedule(loop.nowUs + autoscaling.every, look, 0);
    });
    loop.schedule(autoscaling.every, look, 0);
  }

  #wantedNow({ min, max, target, every, settle }: Autoscaling, nowUs: number): number {
    const load = (this.#requests / every) * 1e6;
    this.#requests = 0;
    const ratio = load / this.#now / target;
    const nodes = Math.abs(ratio - 1) <= tolerance ? this.#now : Math.ceil(this.#now * ratio);
    const wanted = Math.min(Math.max(nodes, min), max);
    this.#wanted = [
      ...this.#wanted.filter(({ atUs }) => atUs > nowUs - settle),
      { atUs: nowUs, nodes: wanted },
    ];
    const most = Math.max(...this.#wanted.map((recommended) => recommended.nodes));
    return wanted >= this.#now ? wanted : Math.min(this.#now, most);
  }

  #set(nodes: number, onAdded: (node: number) => void): void {
    for (let node = this.#now; node < nodes; node++) onAdded(node);
    this.#now = nodes;
    this.#fewest = Math.min(this.#fewest, nodes);
    this.#highest = Math.max(this.#highest, nodes);
  }
}
