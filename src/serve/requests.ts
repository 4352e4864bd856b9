import * as z from 'zod';
import { noneCalled } from '../did-you-mean.ts';
import { spellField } from '../fields.ts';
import type { KeyPlace, Sender } from './caller.ts';
import type { Asked } from './service.ts';

/** What the client sent cannot be decided; the message tells it why. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
}

const mostCharacters = 512;
const mostCost = 2 ** 32 - 1;

const name = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text') })
  .min(1, 'must not be empty')
  .max(mostCharacters, `must have at most ${mostCharacters} characters`);

const checkSchema = z.strictObject(
  {
    key: name,
    cost: z
      .int({ error: 'must be a whole number' })
      .min(0, 'must be 0 or more')
      .max(mostCost, `must be at most ${mostCost}`)
      .default(1),
    tenant: name.optional(),
    endpoint: name.optional(),
  },
  'must be a JSON object such as {"key": "ann"}',
);

/** The body of POST /check. */
export function askedInBody(body: unknown): Asked {
  const parsed = checkSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new InvalidRequest(parsed.error.issues.flatMap(problemsOf).join('; '));
}

function problemsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [`${spellField(issue.path)}${issue.message}`];
  return issue.keys.map((key) => noneCalled('field', key, Object.keys(checkSchema.shape)));
}

/** Any other request, for which this service stands in front of another. */
export function askedBy(sender: Sender, path: string, place: KeyPlace): Asked {
  const key = place.find(sender);
  if (key === undefined) throw new InvalidRequest(`there is no key: send ${place.title}`);
  if (key.length > mostCharacters)
    throw new InvalidRequest(`the key, ${place.title}, has more than ${mostCharacters} characters`);
  return { key, cost: 1, endpoint: path };
}
