import type { Check } from '../../sim/result.ts';
import { brokenFirst, checksInWords, nameOfCheck } from '../checks.ts';
import { safeText } from '../safe-text.ts';
import { Scrolling, Section } from './parts.tsx';

/** What was expected of the run, the broken ones first; nothing when nothing was. */
export function Checks({ checks }: { readonly checks: readonly Check[] }) {
  if (checks.length === 0) return null;
  const allPassed = checks.every(({ passed }) => passed);
  return (
    <Section id="checks" title="Checks">
      <p className={allPassed ? 'verdict best' : 'verdict worst'}>{checksInWords(checks)}</p>
      <Scrolling name="Table: checks">
        <table className="texts">
          <caption>
            <span>
              Every expectation, the broken ones first, and the command that shows the figure again.
            </span>
          </caption>
          <thead>
            <tr>
              {['check', 'result', 'expected', 'seen', 'reproduce'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {brokenFirst(checks).map((check) => (
              <CheckRow key={nameOfCheck(check)} check={check} />
            ))}
          </tbody>
        </table>
      </Scrolling>
    </Section>
  );
}

function CheckRow({ check }: { readonly check: Check }) {
  const { expected, seen, passed, reproduce } = check;
  return (
    <tr>
      <th scope="row">{nameOfCheck(check)}</th>
      <td className={passed ? 'best' : 'worst'}>{passed ? '✓ passed' : '✗ broken'}</td>
      <td>{safeText(expected)}</td>
      <td>{safeText(seen)}</td>
      <td>
        <code>{safeText(reproduce)}</code>
      </td>
    </tr>
  );
}
