import { Socket } from 'node:net';
import type { Redis } from 'ioredis';

/**
 * To be called before a command is sent: what is sent until the event loop goes on leaves in one write. A write for each
 * command was a quarter of the time of a client that sends as fast as it can; unlike ioredis's own pipelining, which also
 * waits, this changes neither the commands nor when they leave.
 */
export function sentTogether(client: Redis): () => void {
  let corked: Socket | undefined;
  const uncork = () => {
    corked?.uncork();
    corked = undefined;
  };
  return () => {
    if (corked) return;
    if (!(client.stream instanceof Socket)) return; // not connected
    corked = client.stream;
    corked.cork();
    process.nextTick(uncork);
  };
}
