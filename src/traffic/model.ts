import type * as z from 'zod';
import { noneCalled } from '../did-you-mean.ts';
import { type Parameter, parametersOf } from '../parameters.ts';

/** What every traffic model has: a name, a line for lists, and the schema that its parameters are read by. */
export interface Model {
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodObject;
}

/** A model as lists, help texts and documents show it. */
export interface ModelInfo {
  readonly name: string;
  readonly title: string;
  readonly parameters: readonly Parameter[];
}

/** Reads the parameters of a model out of its schema, so that documents cannot differ from what is accepted. */
export function describeModel({ name, title, schema }: Model): ModelInfo {
  const parameters = parametersOf(schema).filter((parameter) => parameter.name !== 'model');
  return { name, title, parameters };
}

/** The message for a model that does not exist, for `z.discriminatedUnion`. */
export function unknownModel(kind: string, names: readonly string[]) {
  return ({ code, input }: { readonly code?: string; readonly input?: unknown }): string | undefined => {
    if (code === 'invalid_type')
      return `write ${kind} as a list of fields that starts with "model: ${names[0]}"`;
    if (code !== 'invalid_union') return undefined;
    const given = typeof input === 'object' && input && 'model' in input ? String(input.model) : undefined;
    const known = `use one of ${names.join(', ')}`;
    if (given === undefined) return `${kind} needs a model; ${known}`;
    return noneCalled(`model of ${kind}`, given, names, known);
  };
}
