/** Reports are written in Unicode; a terminal or a locale that cannot show it gets the same text in ASCII. */

/** One sign for one sign, so that what was aligned stays aligned. */
const substitutes: Readonly<Record<string, string>> = {
  '▲': '*',
  '▼': '!',
  '×': 'x',
  '÷': '/',
  '±': '~',
  '·': '-',
  '–': '-',
  '−': '-',
  '…': '~',
  µ: 'u',
  σ: 's',
  ρ: 'r',
  '“': '"',
  '”': '"',
  '’': "'",
  '←': '<',
  '→': '>',
  '↑': '^',
  '↓': 'v',
  '█': '#',
  '░': '.',
  '▒': '#',
  '┼': '+',
  '┤': '|',
  '│': '|',
  '┊': ':',
  '─': '-',
  '╌': '.',
  '╶': '-',
  '╴': '-',
  '╰': '`',
  '╭': '.',
  '╮': '.',
  '╯': "'",
};
const replaced = new RegExp(`[${Object.keys(substitutes).join('')}]`, 'gu');

export function toAscii(text: string): string {
  return text.replace(replaced, (sign) => substitutes[sign]);
}

/**
 * Whether the environment asks for ASCII: a dumb terminal, or a locale that names no UTF-8, as C and POSIX do. No locale
 * at all, as in most containers and CI jobs, says nothing and gets Unicode.
 */
export function wantsAscii(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return env.TERM === 'dumb' || (locale !== '' && !/utf-?8/i.test(locale));
}
