import { plot } from 'asciichart';

const width = 56;
const height = 6;

/**
 * Values at even steps, as lines of text, with three marks below: of the first value, the middle one and the last. What is
 * null is drawn as zero.
 */
export function sketch(
  values: readonly (number | null)[],
  format: (value: number) => string,
  marks: readonly string[],
): string[] {
  const drawn = Array.from({ length: width }, (_, column) => {
    const nearest = Math.round((column / (width - 1)) * (values.length - 1));
    return values[nearest] ?? 0;
  });
  const most = Math.max(...drawn) || 1;
  const labels = Array.from({ length: height + 1 }, (_, line) => format((most * line) / height));
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const lines = plot(drawn, {
    height,
    min: 0,
    max: most,
    format: (value) => format(value).padStart(labelWidth),
  });
  const [first, middle, last] = marks;
  const half = Math.floor((width - middle.length) / 2);
  const axis = `${first.padEnd(half)}${middle}`.padEnd(width - last.length) + last;
  return [...lines.split('\n').map((line) => line.trimEnd()), ' '.repeat(labelWidth + 2) + axis];
}
