/** Pictures as SVG text, made without a browser. Loaded only when a report with charts is written. */
import stringWidth from 'string-width';
import { parse, textMetrics, View } from 'vega';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import { colour } from './chart.ts';

declare module 'vega' {
  interface TextItem {
    readonly fontSize?: number;
    /** The most pixels that are drawn, where there is a most. */
    readonly limit?: number;
  }
  /** Left out of Vega's types; a program may set its own measure of text. */
  export const textMetrics: { width: (item: TextItem, text: unknown) => number };
}

/** Without a canvas Vega takes every letter to be 0.8 em wide; this is the mean of the common sans-serif fonts. */
const emPerColumn = 0.55;
textMetrics.width = ({ fontSize = 11, limit = 0 }, text) => {
  const width = stringWidth(String(text ?? '')) * emPerColumn * fontSize;
  return limit > 0 ? Math.min(width, limit) : width;
};

/** Attributes in which a tenth of a pixel is enough. */
const places = / (?:d|transform|x2|y2)="[^"]*"/g;

const config: Config = {
  // The page describes each picture as a whole and lists its figures beside it.
  aria: false,
  mark: { aria: false },
  background: 'transparent',
  font: 'inherit', // that of the page
  view: { stroke: null },
  axis: {
    domainColor: colour.faint,
    tickColor: colour.faint,
    gridColor: colour.faint,
    gridOpacity: 0.6,
    labelColor: colour.muted,
    labelFontSize: 11,
    labelLimit: 0,
    titleColor: colour.muted,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    tickSize: 4,
  },
  header: {
    title: null,
    labelAnchor: 'start',
    labelColor: colour.ink,
    labelFontSize: 12,
    labelFontWeight: 600,
    labelPadding: 6,
    labelLimit: 0,
  },
  legend: { labelColor: colour.muted, labelFontSize: 11, title: null, symbolSize: 50, labelLimit: 0 },
  text: { fill: colour.ink, fontSize: 11 },
};

export async function draw(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec, { config }).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg.replace(places, (place) => place.replace(/\d+\.\d{2,}/g, (number) => Number(number).toFixed(1)));
}
