import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 inline more into one loop than it does by itself. A loop of the engine calls a limiter's small methods, which
 * call those of its log; cut off halfway, each call boxes its numbers. Some 5 % of the time of a comparison
 * (docs/decisions/own-loops.md). To be called before the loops first run; threads started later follow.
 */
export function inlineDeeply(): void {
  setFlagsFromString('--max-inlined-bytecode-size=1000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=8000');
}
