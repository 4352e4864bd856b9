import * as z from 'zod';
import { durationUs, realNumber } from '../../../fields.ts';
import { at, defineFault, length, nodesHit, someNodes } from './fault.ts';

export const clock = defineFault({
  name: 'clock',
  title: 'clocks of nodes jump, are off, or run fast',
  params: z.strictObject({
    at,
    for: length.optional().describe('until they are set right; to the end of the run when left out'),
    ahead: durationUs.prefault('0s').describe('how far they jump forward'),
    behind: durationUs.prefault('0s').describe('how far they jump back'),
    drift_ppm: realNumber.prefault(0).describe('microseconds that they gain every second'),
    nodes: someNodes,
  }),
  begin: ({ ahead, behind, drift_ppm, nodes }, scene) => {
    for (const node of nodesHit(nodes, scene)) {
      scene.conditions.disturbClock(node, scene.nowUs, ahead - behind, drift_ppm / 1e6);
    }
  },
  end: ({ nodes }, scene) => {
    for (const node of nodesHit(nodes, scene)) scene.conditions.setClock(node);
  },
});
