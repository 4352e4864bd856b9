/** Text of others inside Markdown (GitHub flavoured). */

/** Text that Markdown shows letter by letter: neither markup nor HTML nor a link nor a mention of anybody. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&|~#!$]/g, '\\$&')
    .replaceAll('@', '@<!-- -->')
    .replaceAll('://', '\\://')
    .replace(/\bwww\./gi, (host) => host.replace('.', '\\.'));
}

/** Text in a code span, where nothing but its end has a meaning; the fence is longer than any inside. */
export function code(text: string): string {
  const fence = fenceAround(text, 1);
  return `${fence} ${text} ${fence}`;
}

/** Lines as a block of code. */
export function codeBlock(lines: readonly string[], language: string): string {
  const fence = fenceAround(lines.join('\n'), 3);
  return [fence + language, ...lines, fence].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** What opens on demand. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function fenceAround(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(least, longest + 1));
}
