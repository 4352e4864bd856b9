import { Decompress } from 'fzstd';

/** Compressed bytes handed over at a time, so that the text of one push stays a few megabytes. */
const stepBytes = 1 << 16;

/** One or more zstd frames with windows up to 2046 MB, one after another. */
export async function* unzstd(input: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  let texts: Uint8Array[] = [];
  const stream = new Decompress((text) => texts.push(text));
  for await (const chunk of input) {
    for (let at = 0; at < chunk.length; at += stepBytes) {
      stream.push(chunk.subarray(at, at + stepBytes));
      yield* texts;
      texts = [];
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* texts;
}
