import * as z from 'zod';
import { count } from '../../../fields.ts';
import { at, defineFault, length, nodesHit } from './fault.ts';

export const partition = defineFault({
  name: 'partition',
  title: 'nodes that clients still reach are cut off from all other machines',
  params: z.strictObject({
    at,
    for: length,
    nodes: count.prefault(1).describe('how many nodes are cut off, from the first on'),
  }),
  begin: ({ nodes }, scene) => {
    for (const node of nodesHit(nodes, scene)) scene.conditions.cutOff[node]++;
  },
  end: ({ nodes }, scene) => {
    for (const node of nodesHit(nodes, scene)) scene.conditions.cutOff[node]--;
  },
});
