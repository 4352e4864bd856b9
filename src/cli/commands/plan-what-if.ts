import { oneOf } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import type { PlanResult } from '../../plan/result.ts';
import type { SizingOptions } from '../../plan/sizing.ts';
import { type AxisName, axes } from '../../plan/what-if/axes.ts';
import { ceilingsOf } from '../../plan/what-if/ceilings.ts';
import { whatIf } from '../../plan/what-if/index.ts';

const names = [...(Object.keys(axes) as AxisName[]), 'algorithm'] as const; // the keys just written
type Name = (typeof names)[number];

/** Reads `rps,keys`, or `all`. Throws UsageError. */
function parseWhatIf(text: string): Name[] {
  if (text === 'all') return [...names];
  return text
    .split(',')
    .map((word) => oneOf('axis', word.trim(), names, `there are ${names.join(', ')} and all`));
}

/** Adds to a plan what it would be otherwise. What cannot be said is a note, or with its name in the flag a UsageError. */
export function withWhatIf(plan: PlanResult, text: string, options: SizingOptions): PlanResult {
  const wanted = parseWhatIf(text);
  const notes: string[] = [];
  const along = wanted.filter((name): name is AxisName => {
    const reason = name === 'algorithm' ? undefined : axes[name].whyNot?.(options.demand);
    if (reason === undefined) return name !== 'algorithm';
    if (text !== 'all') throw new UsageError(`${name}: ${reason}`);
    notes.push(`Left out of what-if: ${name}: ${reason}.`);
    return false;
  });
  return {
    ...plan,
    ...(along.length > 0 && { what_if: along.map((name) => whatIf(name, options)) }),
    ...(wanted.includes('algorithm') && { ceilings: ceilingsOf(plan.rows, options) }),
    notes: [...plan.notes, ...notes],
  };
}
