import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 inline more into one loop than it does by itself. The event engine calls the small methods of nodes, stores and
 * limiters for each request; cut off halfway, each call boxes its numbers. A tenth of its speed (docs/decisions/own-loops.md).
 * To be called before the loops first run; threads started later follow.
 */
export function inlineDeeply(): void {
  setFlagsFromString('--max-inlined-bytecode-size=1000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=8000');
}
