import type { Check } from '../../sim/result.ts';
import { checksInWords, nameOfCheck } from '../checks.ts';
import { safeText } from '../safe-text.ts';
import { Behind, Scrolling, Section } from './parts.tsx';

interface ChecksProps {
  readonly checks: readonly Check[];
}

/** What was expected of the run: the broken ones in full, those that hold on demand; nothing when nothing was. */
export function Checks({ checks }: ChecksProps) {
  if (checks.length === 0) return null;
  const broken = checks.filter(({ passed }) => !passed);
  const holding = checks.filter(({ passed }) => passed);
  return (
    <Section id="checks" title="Checks">
      <p className={broken.length === 0 ? 'verdict best' : 'verdict worst'}>
        {broken.length === 0 ? '✓' : '✗'} {checksInWords(checks)}
      </p>
      <Broken checks={broken} />
      {holding.length > 0 && (
        <Behind title="Checks that hold">
          <Holding checks={holding} />
        </Behind>
      )}
    </Section>
  );
}

function Broken({ checks }: ChecksProps) {
  if (checks.length === 0) return null;
  return (
    <dl className="words">
      {checks.map((check) => (
        <div key={nameOfCheck(check) + check.expected}>
          <dt>{nameOfCheck(check)}</dt>
          <dd>
            expected {safeText(check.expected)}, seen {safeText(check.seen)}
            <code className="again">{safeText(check.reproduce)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Holding({ checks }: ChecksProps) {
  return (
    <Scrolling name="Table: checks that hold">
      <table className="texts">
        <caption>
          <span>What was expected and what was seen.</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">check</th>
            <th scope="col">expected</th>
            <th scope="col">seen</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={nameOfCheck(check) + check.expected}>
              <th scope="row">{nameOfCheck(check)}</th>
              <td>{safeText(check.expected)}</td>
              <td>{safeText(check.seen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
