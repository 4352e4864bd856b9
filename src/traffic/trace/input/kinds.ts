import { carriageReturn, lineFeed } from '../text/bytes.ts';

/** Files that hold no lines of text: what they are, and how their lines are had. */

interface Kind {
  readonly what: string;
  /** Bytes in Latin-1, and where they stand. */
  readonly mark: string;
  readonly at?: number;
  readonly remedy: string;
}

const unpacked = (command: string) => `unpack it: ${command} FILE | ratelimit … --trace -`;
const exported = 'export it as CSV or JSON lines first';
/** How the packets of a capture become requests. */
export const dissected =
  'write it as a table: tshark -r FILE -T fields -E header=y -E separator=, -e frame.time_epoch -e ip.src > t.csv';
const noLog = 'it holds no requests; give the log of a server';
const nothing = 'there is nothing to replay';
const twice = 'it was packed twice; unpack it once more';

/** By the published first bytes of each. */
const kinds: readonly Kind[] = [
  { what: 'a zip archive or a spreadsheet', mark: 'PK\x03\x04', remedy: unpacked('unzip -p') },
  { what: 'a zip archive without files', mark: 'PK\x05\x06', remedy: nothing },
  { what: 'bzip2 data', mark: 'BZh', remedy: unpacked('bzip2 -dc') },
  { what: 'lz4 data', mark: '\x04\x22\x4d\x18', remedy: unpacked('lz4 -dc') },
  { what: 'lzip data', mark: 'LZIP', remedy: unpacked('lzip -dc') },
  { what: 'compress data', mark: '\x1f\x9d', remedy: unpacked('uncompress -c') },
  { what: 'zlib data', mark: '\x78\x9c', remedy: unpacked('pigz -dc') },
  { what: 'snappy data', mark: '\xff\x06\0\0sNaPpY', remedy: unpacked('snzip -dc') },
  { what: 'a 7z archive', mark: '7z\xbc\xaf\x27\x1c', remedy: unpacked('7z x -so') },
  { what: 'a RAR archive', mark: 'Rar!\x1a\x07', remedy: unpacked('unrar p -inul') },
  { what: 'a tar archive', mark: 'ustar', at: 257, remedy: unpacked('tar -xOf') },
  { what: 'gzip data within packed data', mark: '\x1f\x8b\x08', remedy: twice },
  { what: 'zstd data within packed data', mark: '\x28\xb5\x2f\xfd', remedy: twice },
  { what: 'xz data within packed data', mark: '\xfd7zXZ\0', remedy: twice },
  { what: 'a Parquet file', mark: 'PAR1', remedy: exported },
  { what: 'an Avro file', mark: 'Obj\x01', remedy: exported },
  { what: 'an ORC file', mark: 'ORC', remedy: exported },
  { what: 'an Arrow file', mark: 'ARROW1', remedy: exported },
  { what: 'an SQLite database', mark: 'SQLite format 3\0', remedy: exported },
  { what: 'a Windows event log', mark: 'ElfFile\0', remedy: exported },
  {
    what: 'an old spreadsheet or document of Office',
    mark: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    remedy: exported,
  },
  { what: 'an HDF5 file', mark: '\x89HDF\r\n\x1a\n', remedy: exported },
  { what: 'an array of NumPy', mark: '\x93NUMPY', remedy: exported },
  { what: 'a pickle of Python', mark: '\x80\x04\x95', remedy: exported },
  { what: 'a pickle of Python', mark: '\x80\x05\x95', remedy: exported },
  {
    what: 'a journal of systemd',
    mark: 'LPKSHHRH',
    remedy: 'export it as JSON lines: journalctl --file FILE -o json | ratelimit … --trace -',
  },
  {
    what: 'a snapshot of Redis',
    mark: 'REDIS0',
    remedy: 'it keeps data and no requests; give what redis-cli MONITOR prints',
  },
  { what: 'a binary log of MySQL', mark: '\xfebin', remedy: unpacked('mysqlbinlog') },
  { what: 'a PNG image', mark: '\x89PNG\r\n\x1a\n', remedy: noLog },
  { what: 'a JPEG image', mark: '\xff\xd8\xff', remedy: noLog },
  { what: 'a GIF image', mark: 'GIF8', remedy: noLog },
  { what: 'a PDF document', mark: '%PDF-', remedy: noLog },
  { what: 'a program (ELF)', mark: '\x7fELF', remedy: noLog },
  {
    what: 'a pointer of Git LFS and not the data',
    mark: 'version https://git-lfs.github.com/spec/',
    remedy: 'get the data first: git lfs pull',
  },
  { what: 'a packet capture', mark: '\xd4\xc3\xb2\xa1', remedy: dissected },
  { what: 'a packet capture', mark: '\xa1\xb2\xc3\xd4', remedy: dissected },
  { what: 'a packet capture', mark: '\x4d\x3c\xb2\xa1', remedy: dissected },
  { what: 'a packet capture', mark: '\xa1\xb2\x3c\x4d', remedy: dissected },
  { what: 'a packet capture', mark: '\x0a\x0d\x0d\x0a', remedy: dissected },
];

/** What a file is that holds no lines, and what to do about it; nothing when its first bytes may be text. */
export function kindOf(head: Buffer): string | undefined {
  const text = head.toString('latin1', 0, 300);
  const kind = kinds.find(({ mark, at }) => text.startsWith(mark, at ?? 0));
  if (kind !== undefined) return `${kind.what}; ${kind.remedy}`;
  if (/^\s*\[\s*\]\s*$/.test(text)) return 'an empty list: there is nothing to replay';
  return (
    wideKindOf(head) ??
    (/^\s*<(?:!doctype html|html)[\s>]/i.test(text) ? 'a page of HTML and no log' : undefined)
  );
}

/** Text of two or four bytes a character. UTF-8 may begin with a mark as well, which is no text and does not matter. */
function wideKindOf(head: Buffer): string | undefined {
  const marks = head.toString('latin1', 0, 4);
  if (marks === '\xff\xfe\0\0' || marks === '\0\0\xfe\xff') return converted('UTF-32');
  if (marks.startsWith('\xff\xfe') || marks.startsWith('\xfe\xff')) return converted('UTF-16');
  if (isWide(head, 1)) return converted('UTF-16LE');
  return isWide(head, 0) ? converted('UTF-16BE') : undefined;
}

function converted(encoding: string): string {
  return `${encoding} text; convert it first: iconv -f ${encoding} -t UTF-8 FILE | ratelimit … --trace -`;
}

const headBytes = 1024;

/** Whether every second byte is NUL, and the others are the letters of a log. */
function isWide(head: Buffer, nulAt: 0 | 1): boolean {
  const pairs = Math.min(head.length, headBytes) >> 1;
  let wide = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const letter = head[pair * 2 + 1 - nulAt];
    if (
      head[pair * 2 + nulAt] === 0 &&
      ((letter >= 32 && letter < 127) || letter === lineFeed || letter === carriageReturn)
    )
      wide++;
  }
  return pairs > 8 && wide > pairs * 0.9;
}
