import { zoneHours } from '../time/zonename.ts';

/** The name of the field that is the time which a collector or a logger wrote in front of a line. */
export const timeInFront = 'logged';

const zones = Object.keys(zoneHours).join('|');

/** Times of a log's own with their day: ISO 8601 and its kin, CLF, ctime, Tomcat's. */
const dated = new RegExp(
  [
    String.raw`\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:(?:${zones})\b|[+-]\d\d:?\d\d))?`,
    String.raw`\d\d\/[A-Z][a-z]{2}\/\d{4}[: ]\d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?`,
    String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? \d{4}\b`,
    String.raw`\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d+)?`,
    String.raw`(?<=^\[[DIWEC] )\d{6} \d\d:\d\d:\d\d`, // Tornado, behind the letter of a level
  ].join('|'),
);
/** Those without a year: syslog's, klog's behind the letter of a level. */
const yearless = /[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?|(?<=^[IWEF])\d{4} \d\d:\d\d:\d\d\.\d+/;

/** A time of day alone, which only the beginning of a line tells from other numbers: Phoenix, tcpdump. */
const dayless = /(?<=^[[(]?)\d\d:\d\d:\d\d(?:[.,]\d+)?(?=[\s\])])/;

/** Where the first time of a log's own stands in a text, rather one with a year or with a day, as offsets; nothing when there is none. */
export function frontTime(text: string): { readonly from: number; readonly to: number } | undefined {
  const found = dated.exec(text) ?? yearless.exec(text) ?? dayless.exec(text);
  return found === null ? undefined : { from: found.index, to: found.index + found[0].length };
}
