import { type Skip, skips } from '../account.ts';
import { tellsRequest } from '../text/request.ts';
import type { Spans, Splitter } from '../text/spans.ts';

/** What lines of JSON begin with, cut or printed over several, and what parts a name from its value. */
const jsonMarks = /^\s*(?:[{}"\]]|\[\s*(?:["{[\]]|$))|"\s*:/;

/**
 * Objects among lines of text, as a container has them whose program writes both: those are no requests and no damaged objects, unless
 * they tell requests of their own.
 */
export class AmongText implements Splitter {
  readonly fields: readonly string[];

  private constructor(private readonly objects: Splitter) {
    this.fields = objects.fields;
  }

  /** Objects that all stand behind something else are what lines of text hold, and those without one are of the same log. */
  static of(objects: Splitter, lines: readonly string[]): Splitter {
    return lines.some((line) => line.startsWith('{')) ? new AmongText(objects) : objects;
  }

  column(name: string): number {
    return this.objects.column(name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    const skip = this.objects.split(buf, from, to, spans, last);
    return skip === skips.badJson && isText(buf.toString('latin1', from, to)) ? skips.notARequest : skip;
  }
}

/** What no value of JSON has outside of quotes, but words. */
const ofText = /[^\s\d.,:[\]{}"+-]/;
/** Pairs tell requests as well. */
const pairs = /(?:(?:^|\s)[\w.-]+=\S.*){3}/;

function isText(line: string): boolean {
  return ![jsonMarks, pairs].some((form) => form.test(line)) && ofText.test(line) && !tellsRequest(line);
}
