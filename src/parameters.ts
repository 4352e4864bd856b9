import * as z from 'zod';

/** A parameter as lists, help texts and documents show it. */
export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  /** What stands in for it when it is left out, as it would be written; absent where there is no such value. */
  readonly default?: unknown;
  /** What it means, with its unit. */
  readonly text: string;
}

/** Reads the parameters out of a schema, so that documents cannot differ from what is accepted. */
export function parametersOf(schema: z.ZodObject): Parameter[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    text: typeof property === 'object' ? (property.description ?? '') : '',
    ...(typeof property === 'object' && 'default' in property && { default: property.default }),
  }));
}
