import { latencyFigures } from '../latency-figures.ts';
import { UsDistribution } from '../meters/quantiles.ts';
import type { ClientFigures } from '../result.ts';
import type { ClientClass } from './classes.ts';

type ClassFigures = NonNullable<ClientFigures['classes']>[number];

/** What became of the work of one class of clients. */
export class ClassMeter {
  readonly #class: ClientClass;
  readonly #timeToDone = new UsDistribution();
  #offered = 0;
  #done = 0;

  constructor(of: ClientClass) {
    this.#class = of;
  }

  offer(): void {
    this.#offered++;
  }

  finish(us: number): void {
    this.#done++;
    this.#timeToDone.record(Math.round(us));
  }

  figures(): ClassFigures {
    const { name, share, reserve } = this.#class;
    return {
      name,
      share_ratio: share,
      reserve_ratio: reserve,
      offered: this.#offered,
      done: this.#done,
      goodput_ratio: this.#offered === 0 ? null : this.#done / this.#offered,
      time_to_done: latencyFigures(this.#timeToDone),
    };
  }
}
