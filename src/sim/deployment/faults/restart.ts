import * as z from 'zod';
import { at, defineFault, nodesHit, someNodes } from './fault.ts';

export const restart = defineFault({
  name: 'restart',
  title: 'nodes start again with an empty memory',
  params: z.strictObject({ at, nodes: someNodes }),
  begin: ({ nodes }, scene) => {
    for (const node of nodesHit(nodes, scene)) scene.topology.restart(node);
  },
});
