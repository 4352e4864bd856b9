import { grown } from '../../algorithms/columns.ts';
import type { World } from './topology.ts';

/** What each node remembers of refusals: until when a key need not be asked about again. */
export class DenialCache {
  readonly #world: World;
  readonly #untilUs: Float64Array[];
  #hits = 0;

  constructor(world: World) {
    this.#world = world;
    this.#untilUs = Array.from({ length: world.mostNodes }, () => new Float64Array(0));
  }

  /** Attempts that were refused without asking the store. */
  get hits(): number {
    return this.#hits;
  }

  /** Refuses the attempt if its key is known to be refused now. */
  refuses(attempt: number, node: number): boolean {
    const { attempts, loop } = this.#world;
    const place = attempt & attempts.mask;
    const waitUs = (this.#untilUs[node][attempts.key[place]] ?? 0) - loop.nowUs;
    if (waitUs <= 0 || attempts.cost[place] === 0) return false;
    attempts.allowed[place] = 0;
    attempts.retryAfterUs[place] = waitUs;
    attempts.delayUs[place] = 0;
    this.#hits++;
    return true;
  }

  /** Keeps in mind what a node has been told now; as it is told, the wait counts from when the answer comes. */
  remember(attempt: number, node: number): void {
    const { attempts, loop } = this.#world;
    const place = attempt & attempts.mask;
    if (attempts.allowed[place] === 1 || attempts.retryAfterUs[place] === Number.POSITIVE_INFINITY) return;
    this.#untilUs[node] = grown(this.#untilUs[node], attempts.keys);
    this.#untilUs[node][attempts.key[place]] = loop.nowUs + attempts.retryAfterUs[place];
  }

  forget(node: number): void {
    this.#untilUs[node].fill(0);
  }
}
