import { XzReadableStream } from 'xz-decompress';

/**
 * What the library keeps for all of its streams: one WebAssembly instance, and a lock that lets one stream use it at a
 * time. Two files that are merged by time must be read in turns, which that lock turns into waiting for ever.
 */
interface SharedState {
  _moduleInstance?: unknown;
  _moduleInstancePromise?: unknown;
  _contextMutex: object;
}

/** Gives the next stream an instance and a lock of its own. Streams are begun one at a time (`TraceFile.start`). */
function unshare(): void {
  const shared = XzReadableStream as unknown as SharedState;
  const Lock = shared._contextMutex.constructor as new () => object;
  Object.assign(shared, {
    _moduleInstance: undefined,
    _moduleInstancePromise: undefined,
    _contextMutex: new Lock(),
  });
}

/** The streams of an xz file, one after another. */
export async function* unxz(input: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  const iterator = input[Symbol.asyncIterator]();
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  unshare();
  for await (const chunk of new XzReadableStream(source) as unknown as AsyncIterable<Uint8Array>) yield chunk;
}
