import { plot } from 'asciichart';

const width = 56;
const height = 6;

/**
 * Values at even steps, as lines of text, with three marks below: of the first value, the middle one and the last. There is
 * no line where there is no value.
 */
export function sketch(
  values: readonly (number | null)[],
  format: (value: number) => string,
  marks: readonly string[],
): string[] {
  const columns = Array.from(
    { length: width },
    (_, column) => values[Math.round((column / (width - 1)) * (values.length - 1))],
  );
  const most = Math.max(...columns.map((value) => value ?? 0)) || 1;
  const labels = Array.from({ length: height + 1 }, (_, line) => format((most * line) / height));
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const lines = plot(continued(columns), {
    height,
    min: 0,
    max: most,
    format: (value) => format(value).padStart(labelWidth),
  });
  const from = labelWidth + 2; // the axis and the space before it
  const shown = lines.split('\n').map((line) => line.slice(0, from) + onlyWhere(columns, line.slice(from)));
  const [first, middle, last] = marks;
  const half = Math.floor((width - middle.length) / 2);
  const axis = `${first.padEnd(half)}${middle}`.padEnd(width - last.length) + last;
  return [...shown.map((line) => line.trimEnd()), ' '.repeat(from) + axis];
}

/** Each null as the value before it, or else the first one: a line that goes on has no edge where it is cut off. */
function continued(values: readonly (number | null)[]): number[] {
  let before = values.find((value) => value !== null) ?? 0;
  return values.map((value) => {
    before = value ?? before;
    return before;
  });
}

function onlyWhere(values: readonly (number | null)[], line: string): string {
  return [...line].map((sign, column) => (values[column] === null ? ' ' : sign)).join('');
}
