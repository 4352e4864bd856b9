/** Lines of a given width. */
import wrapAnsi from 'wrap-ansi';

const beforeUnit = /(?<=\d) (?=(?:%|µs|ms|s|m|h|d)(?![\p{L}\d]))/gu;
const unbreakable = '\u00a0';
const nameWidth = 10;

/** Wraps at spaces, but not between a number and its unit; what is longer than a line is cut. */
export function wrapped(text: string, width: number): string[] {
  return wrapAnsi(text.replace(beforeUnit, unbreakable), width, { hard: true })
    .replaceAll(unbreakable, ' ')
    .split('\n');
}

/** The same, the second and the following lines indented. */
export function hanging(text: string, width: number, indent: number): string[] {
  const [first, ...more] = wrapped(text, width - indent);
  return [first, ...more.map((line) => ' '.repeat(indent) + line)];
}

/** A name and, beside it, what it stands for; as a column of names and a column of wrapped text. */
export function labelled(name: string, text: string, width: number): string[] {
  return wrapped(text, width - nameWidth).map((line, at) => (at === 0 ? name : '').padEnd(nameWidth) + line);
}
