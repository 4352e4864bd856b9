import type { ReactNode } from 'react';
import type { PlainTable } from '../plain-table.ts';
import type { DrawnChart } from './charts.ts';

/** Markup that this program made; never text of a result, which React has to escape. */
export function raw(html: string) {
  return { dangerouslySetInnerHTML: { __html: html } };
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

export function Section({ id, title, children }: SectionProps) {
  return (
    <section aria-labelledby={`${id}-title`} id={id}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** A picture in two widths, of which the page shows one. */
export function Figure({ chart }: { readonly chart: DrawnChart }) {
  const { alt, caption, wide, narrow } = chart;
  return (
    <figure>
      <div className="wide" role="img" aria-label={alt} {...raw(wide)} />
      <div className="narrow" role="img" aria-label={alt} {...raw(narrow)} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** A wide table scrolls by itself, also by keyboard, so that the page does not. */
export function Scrolling({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="scroll" aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}

interface BehindProps {
  readonly title: string;
  /** What the title speaks of, for those who hear it alone. */
  readonly of?: string;
  readonly children: ReactNode;
}

/** What opens on demand. */
export function Behind({ title, of, children }: BehindProps) {
  return (
    <details>
      <summary>
        {title}
        {of && <span className="heard">: {of}</span>}
      </summary>
      {children}
    </details>
  );
}

interface PlainFiguresProps {
  readonly name: string;
  readonly caption?: string;
  readonly table: PlainTable;
}

/** A table that is shown as it is; the first column names the rows. */
export function PlainFigures({ name, caption = `${name}.`, table: { head, rows } }: PlainFiguresProps) {
  return (
    <Scrolling name={`Table: ${name}`}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title || <span className="heard">row</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([start, ...figures]) => (
            <tr key={start}>
              <th scope="row">{start}</th>
              {figures.map((figure, at) => (
                <td key={head[at + 1]}>{figure}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
