import type { ReactNode } from 'react';
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
