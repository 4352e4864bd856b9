import * as z from 'zod';
import { at, defineFault, nodesHit } from './fault.ts';

export const coldStart = defineFault({
  name: 'cold-start',
  title: 'everything starts again, the store too, and nobody knows of anything before',
  params: z.strictObject({ at }),
  begin: (_, scene) => {
    for (const node of nodesHit(undefined, scene)) scene.topology.restart(node);
    scene.topology.failOver?.(Number.POSITIVE_INFINITY);
  },
});
