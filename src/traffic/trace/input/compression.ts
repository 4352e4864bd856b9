/** Compressed traces, told by their first bytes and not by their names. */

export type Compression = 'gzip' | 'zstd' | 'xz';

/** First bytes: gzip RFC 1952; zstd RFC 8878, a frame or a skippable frame before it; xz file format 1.2, 2.1.1.1. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if (a >= 0x50 && a <= 0x5f && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  if (a === 0xfd && b === 0x37 && c === 0x7a && d === 0x58) return 'xz';
  return undefined;
}

/** Whether more bytes may tell a compression than these do: the first byte of most texts is of none. */
export function mayBeCompressed(head: Uint8Array): boolean {
  const [a] = head;
  return (
    head.length < 4 && (a === undefined || a === 0x1f || a === 0x28 || (a >= 0x50 && a <= 0x5f) || a === 0xfd)
  );
}

/** The text of a compressed stream. Libraries are loaded only when a trace needs them. */
export async function decompress(
  kind: Compression,
  input: AsyncIterable<Buffer>,
): Promise<AsyncIterable<Uint8Array>> {
  if (kind === 'gzip') return (await import('./gzip.ts')).gunzip(input);
  if (kind === 'zstd') return (await import('./zstd.ts')).unzstd(input);
  return (await import('./xz.ts')).unxz(input);
}
