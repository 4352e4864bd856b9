import type { World } from './topology.ts';

/**
 * What each node does once in every so often, at a phase of its own. A round comes only where it has been asked for since
 * the last, so that idle nodes make no events.
 */
export class Rounds {
  readonly #world: World;
  readonly #everyUs: number;
  readonly #phaseUs: readonly number[];
  readonly #isDue: Uint8Array;
  readonly #handler: number;

  constructor(world: World, everyUs: number, use: string, round: (node: number) => void) {
    const draw = world.draw(use);
    this.#world = world;
    this.#everyUs = everyUs;
    this.#phaseUs = Array.from({ length: world.mostNodes }, () => Math.floor(draw() * everyUs));
    this.#isDue = new Uint8Array(world.mostNodes);
    this.#handler = world.loop.handler((node) => {
      this.#isDue[node] = 0;
      round(node);
    });
  }

  /** The node has something to do in its next round. */
  ask(node: number): void {
    if (this.#isDue[node] === 1) return;
    this.#isDue[node] = 1;
    const { loop } = this.#world;
    const phaseUs = this.#phaseUs[node];
    const passed = Math.floor((loop.nowUs - phaseUs) / this.#everyUs);
    loop.schedule(phaseUs + (passed + 1) * this.#everyUs, this.#handler, node);
  }
}
