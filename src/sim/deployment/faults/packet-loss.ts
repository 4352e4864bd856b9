import * as z from 'zod';
import { share } from '../../../fields.ts';
import { at, defineFault, length } from './fault.ts';

export const packetLoss = defineFault({
  name: 'packet-loss',
  title: 'messages are lost, and sent again after 200 ms and then twice as long each time, as TCP does',
  params: z.strictObject({
    at,
    for: length,
    ratio: share.prefault(0.01).describe('part of the messages that are lost, such as 0.01'),
  }),
  begin: ({ ratio }, { conditions }) => {
    conditions.lossRatio += ratio;
  },
  end: ({ ratio }, { conditions }) => {
    conditions.lossRatio -= ratio;
  },
});
