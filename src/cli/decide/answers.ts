import { safeJson, safeText } from '../../report/safe-text.ts';
import type { DecisionDesk } from '../../sim/decision-desk.ts';
import { keyText } from '../../traffic/trace/key-text.ts';
import type { OutputBytes } from './output-bytes.ts';
import type { RequestReader } from './request-reader.ts';

/** A limiter's state in words, before and after a request. */
export interface States {
  readonly before: string;
  readonly after: string;
}

/** A way to write decisions. */
export interface Answers {
  /** What stands before the first. */
  begin(out: OutputBytes): void;
  /** The decision of the request that was read last. `states`: when they were asked for. */
  write(out: OutputBytes, request: RequestReader, desk: DecisionDesk, states: States | undefined): void;
}

/** CSV: keys as the very bytes that came in, so that it can be read again. */
export class CsvAnswers implements Answers {
  readonly #explains: boolean;
  readonly #safely: boolean;

  /** `safely`: for a terminal, to which a key is no command. */
  constructor(explains: boolean, safely: boolean) {
    this.#explains = explains;
    this.#safely = safely;
  }

  begin(out: OutputBytes): void {
    const states = this.#explains ? ',state_before,state_after' : '';
    out.text(`t_us,key,cost,allowed,remaining,retry_after_us,delay_us${states}\n`);
  }

  write(out: OutputBytes, request: RequestReader, desk: DecisionDesk, states: States | undefined): void {
    out.number(request.timeUs);
    out.comma();
    if (this.#safely) textCell(out, safeText(textOfKey(request)));
    else out.cell(request.bytes, request.keyFrom, request.keyTo);
    out.figure(request.cost);
    out.figure(desk.allowed ? 1 : 0);
    out.figure(desk.remaining);
    out.figure(desk.retryAfterUs);
    out.figure(desk.delayUs);
    if (states !== undefined) {
      for (const state of [states.before, states.after]) {
        out.comma();
        textCell(out, state);
      }
    }
    out.lineEnd();
  }
}

/** One JSON object a line. */
export class JsonAnswers implements Answers {
  readonly #safely: boolean;

  /** `safely`: for a terminal, to which a key is no command. */
  constructor(safely: boolean) {
    this.#safely = safely;
  }

  begin(): void {}

  write(out: OutputBytes, request: RequestReader, desk: DecisionDesk, states: States | undefined): void {
    const answer = {
      t_us: request.timeUs,
      key: textOfKey(request),
      cost: request.cost,
      allowed: desk.allowed,
      remaining: desk.remaining,
      retry_after_us: desk.retryAfterUs,
      delay_us: desk.delayUs,
      ...(states && { state_before: states.before, state_after: states.after }),
    };
    const json = JSON.stringify(answer);
    out.text(`${this.#safely ? safeJson(json) : json}\n`);
  }
}

function textOfKey({ bytes, keyFrom, keyTo }: RequestReader): string {
  return keyText(bytes.subarray(keyFrom, keyTo));
}

function textCell(out: OutputBytes, text: string): void {
  const bytes = Buffer.from(text);
  out.cell(bytes, 0, bytes.length);
}
