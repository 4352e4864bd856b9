import { labelOf } from '../../report/rows.ts';
import { verdictOf } from '../../report/verdict.ts';
import { hanging } from '../../report/wrap.ts';
import type { RunResult } from '../../sim/result.ts';
import { Details } from './details.tsx';
import { FiguresTable, headHeight } from './figures-table.tsx';
import { Help } from './help.tsx';
import { Lines } from './lines.tsx';
import { type FigureTab, orderOf, tabsOf, type View } from './navigation.ts';
import { usePaint } from './paint-context.ts';
import { TabBar } from './tab-bar.tsx';
import { Timeline } from './timeline.tsx';

interface BodyProps {
  readonly result: RunResult;
  readonly view: View;
  readonly width: number;
  readonly height: number;
}

interface FiguresProps extends BodyProps {
  readonly tab: FigureTab;
}

const tabBarHeight = 2; // with the line below, which names the order
const verdictHeight = 6; // with the empty line above
const fewestRows = 4;
const lowestChart = 9;
const highestChart = 18;

/** All between the top line and the keys. */
export function Body({ result, view, width, height }: BodyProps) {
  const paint = usePaint();
  const row = result.results[view.chosen];
  if (view.over === 'help') return <Help tab={view.tab} height={height} />;
  if (!row) return <Lines lines={['', 'No algorithm was compared.']} />;
  if (view.over === 'details') return <Details row={row} result={result} width={width} height={height} />;
  return (
    <>
      <TabBar tabs={tabsOf(result.results)} tab={view.tab} />
      <Lines lines={[paint.faint(orderWords(view))]} />
      {view.tab === 'Timeline' ? (
        <Timeline row={row} width={width} height={height - tabBarHeight} />
      ) : (
        <Figures tab={view.tab} result={result} view={view} width={width} height={height - tabBarHeight} />
      )}
    </>
  );
}

/** The table, and about the chosen row what there is room for: the verdict, then its timeline. */
function Figures({ tab, result, view, width, height }: FiguresProps) {
  const paint = usePaint();
  const { results } = result;
  const room = height - headHeight - verdictHeight;
  const verdictShown = room >= Math.min(fewestRows, results.length);
  const shown = windowAround(view, orderOf(view, results), verdictShown ? room : height - headHeight);
  const row = results[view.chosen];
  const spare = room - shown.length;
  const verdict = hanging(`${paint.strong(labelOf(row))}: ${verdictOf(row, result)}`, width, 2);
  return (
    <>
      <FiguresTable tab={tab} rows={results} shown={shown} chosen={view.chosen} width={width} />
      {verdictShown && <Lines lines={['', ...verdict.slice(0, verdictHeight - 1)]} height={verdictHeight} />}
      {spare >= lowestChart && <Timeline row={row} width={width} height={Math.min(spare, highestChart)} />}
    </>
  );
}

/** What the rows are sorted by; nothing for the order of the result. */
function orderWords({ tab, sort, reversed }: View): string {
  if (tab === 'Timeline') return '';
  if (!sort) return reversed ? 'in reverse order' : '';
  const [first, last] = sort.better === undefined ? ['most', 'least'] : ['best', 'worst'];
  return `by ${sort.title}, ${reversed ? last : first} first`;
}

/** `room` rows of the order with the chosen one in their middle, as far as the ends allow. */
function windowAround({ chosen }: View, order: readonly number[], room: number): number[] {
  const middle = order.indexOf(chosen) - Math.floor(room / 2);
  const first = Math.max(0, Math.min(middle, order.length - room));
  return order.slice(first, first + Math.max(1, room));
}
