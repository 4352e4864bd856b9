/**
 * A report as one HTML file: no network, no dependency, readable on paper, on a phone, in light and dark, and by ear. React
 * writes the markup, so that all text of the result is escaped; it does not run in the page.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { raw } from './parts.tsx';

export interface DocumentProps {
  readonly version: string;
  /** What kind of report it is. */
  readonly kind: string;
  readonly heading: string;
  readonly facts: readonly Fact[];
  /** Id of the section that a reader by keyboard may skip to, and its name. */
  readonly skipTo: { readonly id: string; readonly name: string };
  readonly footer: string;
  readonly children: ReactNode;
}

export interface Fact {
  readonly name: string;
  readonly text: ReactNode;
  readonly className?: string | undefined;
}

export async function renderDocument(props: DocumentProps): Promise<string> {
  const [style, script] = await Promise.all([asset('report.css'), asset('report.js')]);
  const page = <Document {...props} {...{ style, script }} policy={policy(style, script)} />;
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}

interface SealedProps extends DocumentProps {
  readonly style: string;
  readonly script: string;
  /** Content security policy. */
  readonly policy: string;
}

function Document({ version, kind, heading, facts, skipTo, footer, children, ...sealed }: SealedProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={sealed.policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content={`ratelimit ${version}`} />
        <title>{`${kind}: ${heading}`}</title>
        <style {...raw(sealed.style)} />
      </head>
      <body>
        <a className="skip" href={`#${skipTo.id}`}>
          Skip to {skipTo.name}
        </a>
        <header>
          <p className="kind">{kind}</p>
          <h1>{heading}</h1>
          <Facts facts={facts} />
        </header>
        <main>{children}</main>
        <footer>
          Written by ratelimit {version}. {footer}
        </footer>
        <script {...raw(sealed.script)} />
      </body>
    </html>
  );
}

function Facts({ facts }: Pick<DocumentProps, 'facts'>) {
  return (
    <dl className="facts">
      {facts.map(({ name, text, className }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the page is written once, and facts may be alike
        <div key={at} className={className}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Beside this module, also in the bundle. */
function asset(name: string): Promise<string> {
  return readFile(new URL(`./${name}`, import.meta.url), 'utf8');
}

/** Lets the page run its own script and nothing else, and load nothing, whatever text found its way into it. */
function policy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${hash(style)}; script-src ${hash(script)}`;
}
