import type { RunResult } from '../../sim/result.ts';
import { factsOf } from '../header.ts';
import { safeText } from '../safe-text.ts';
import { drawCharts } from './charts.ts';
import { type Fact, renderDocument } from './document.tsx';
import { Contents } from './page.tsx';

/** A comparison as a page. */
export async function renderHtml(result: RunResult): Promise<string> {
  const charts = await drawCharts(result);
  return renderDocument({
    version: safeText(result.version),
    kind: 'Rate limiters compared',
    heading: safeText(result.scenario.name),
    facts: factsOf(result).map(factOf),
    skipTo: { id: 'figures', name: 'the figures' },
    footer:
      'The same seed and scenario give the same figures again, apart from the speed of decisions, which is measured.',
    children: <Contents result={result} charts={charts} />,
  });
}

function factOf({ name, text, quoted }: ReturnType<typeof factsOf>[number]): Fact {
  return {
    name,
    text: quoted ? <code>{text}</code> : text,
    className: name === 'PARTIAL' ? 'partial' : undefined,
  };
}
