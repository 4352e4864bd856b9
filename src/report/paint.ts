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

export function paintWith(colours: boolean): Paint {
  const { green, red, bold, dim, inverse } = createColors(colours);
  return { best: green, worst: red, strong: bold, faint: dim, chosen: inverse };
}
