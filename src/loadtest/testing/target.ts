/** A limiter as an HTTP service on loopback, right or wrong in one known way: what tests of k6 scripts are sent to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseRules } from '../../sim/rule.ts';
import { parseSelections } from '../../sim/selection.ts';
import { NamedDesk } from '../../sim/testing/named-desk.ts';
import { wallClockMs } from '../../sim/wall-clock.ts';

export interface TargetOptions {
  /** As `--algorithms` takes it. */
  readonly algorithm: string;
  /** As `--limit` takes it. */
  readonly limit: string;
  /** Changes the headers of an answer, to lie with them. */
  readonly lie?: (headers: Record<string, string>, allowed: boolean) => void;
}

export interface Target {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers 200 or 429 by the key in X-Api-Key, with Retry-After and the current RateLimit headers; /null decides nothing. */
export async function startTarget({ algorithm, limit, lie }: TargetOptions): Promise<Target> {
  const rules = parseRules(limit);
  const desk = new NamedDesk(parseSelections(algorithm)[0], rules);
  const { quota } = rules[0];
  const server = createServer((request, response) => {
    if (request.url === '/null') return response.end();
    const nowUs = Math.round((performance.timeOrigin + wallClockMs()) * 1e3);
    const { allowed, remaining, retryAfterUs } = desk.decide(
      {
        timeUs: nowUs,
        decidedAtUs: nowUs,
        key: String(request.headers['x-api-key']),
        cost: 1,
        durationUs: 0,
      },
      false,
    );
    const headers: Record<string, string> = {
      'RateLimit-Policy': `"api";q=${quota.limit};w=${Math.ceil(quota.periodUs / 1e6)}`,
      RateLimit: `"api";r=${Math.min(remaining, quota.limit)}`,
      ...(!allowed && { 'Retry-After': String(Math.ceil(retryAfterUs / 1e6)) }),
    };
    lie?.(headers, allowed);
    response.writeHead(allowed ? 200 : 429, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return { url: `http://127.0.0.1:${port}/`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
