/** Colours for text that goes to a terminal. They only repeat what the marks say. */
import { createColors } from 'picocolors';

export interface Paint {
  readonly best: (text: string) => string;
  readonly worst: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  /** Where the cursor is. */
  readonly chosen: (text: string) => string;
}

/** Whether nothing in the environment says that a terminal is to have none. */
export function wantsColours(env: Readonly<Record<string, string | undefined>>): boolean {
  return !env.NO_COLOR && env.TERM !== 'dumb';
}

export function paintWith(colours: boolean): Paint {
  const { green, red, bold, dim, inverse } = createColors(colours);
  return { best: green, worst: red, strong: bold, faint: dim, chosen: inverse };
}
