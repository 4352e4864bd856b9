import * as z from 'zod';
import { reading } from '../../fields.ts';
import { type Chosen, chosenOf } from '../deployment/named-settings.ts';
import { parseParams, spellParams } from '../selection.ts';
import { policies } from './policies/index.ts';

const chosen = (name: string, given: Readonly<Record<string, unknown>>) =>
  chosenOf('policy', policies, name, given);

/**
 * Reads `none,exponential:jitter=full:max_attempts=5`. A comma before a setting does as a colon does, since a list of
 * settings is often written so.
 */
export function parseClients(text: string): Chosen[] {
  const parts = text.split(',').map((part) => part.trim());
  const whole: string[] = [];
  for (const part of parts) {
    if (whole.length > 0 && /^\w+=/.test(part)) whole.push(`${whole.pop()}:${part}`);
    else whole.push(part);
  }
  return whole.map((part) => {
    const [name, ...settings] = part.split(':');
    return chosen(name, parseParams(settings));
  });
}

const clientsEntry = z.union([
  z.string({
    error: 'write a policy such as exponential, or a list of fields that starts with "policy: exponential"',
  }),
  z.looseObject({ policy: z.string() }),
]);

/** The `clients` of a scenario. */
export const clientsSchema = z.array(
  clientsEntry.transform(
    reading((entry: z.output<typeof clientsEntry>) => {
      if (typeof entry === 'string') return parseClients(entry);
      const { policy, ...given } = entry;
      return [chosen(policy, given)];
    }),
  ),
);

/** As rows are labelled: `exponential jitter=full`. */
export function clientsLabel({ name, given }: Chosen): string {
  return [name, spellParams(given)].filter(Boolean).join(' ');
}
