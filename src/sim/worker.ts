/** The thread behind `ParallelEngine`: decides its rows of the comparison for every batch that it is told of. */
import { parentPort, workerData } from 'node:worker_threads';
import { ArrivalBatch } from '../algorithms/batch.ts';
import { Comparison } from './comparison.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

const { plan, rows, buffers }: WorkerStart = workerData;
const batches = buffers.map((buffer) => new ArrivalBatch(rows, buffer));
const comparison = new Comparison(plan);

function answer(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'finish') {
    answer({ kind: 'results', results: comparison.results() });
    return;
  }
  const batch = batches[message.slot];
  batch.length = message.length;
  batch.keys = message.keys;
  batch.tenants = message.tenants;
  batch.oneCost = message.oneCost;
  comparison.take(batch);
  answer({ kind: 'read', slot: message.slot });
});
