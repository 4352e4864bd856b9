/** Requests of HTTP as lines of text tell them. */
import { addressIn } from './address.ts';

/** A method of HTTP or WebDAV, and a path or an address behind it; Nginx Proxy Manager writes scheme and host between them. */
const request =
  /(?:^|[\s"'\]]|\[[\d;]+m)(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|PROPFIND|PROPPATCH|REPORT|MKCOL)\s+(?:https?\s+\S+\s+)?"?((?:https?:\/)?\/[^\s"]*)/;

/** Where something stands in a text. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** What a line tells of a request, and where. */
export interface ToldRequest {
  readonly method: Place;
  readonly path: Place;
  /** The first address in front of the method, else behind the path. */
  readonly client: Place | undefined;
}

export function tellsRequest(text: string): boolean {
  return request.test(text);
}

/** The request in a line of text; nothing when it tells none. */
export function requestIn(text: string): ToldRequest | undefined {
  const found = request.exec(text);
  if (found === null) return undefined;
  const [all, method, path] = found;
  const methodAt = text.indexOf(method, found.index);
  const pathEnd = found.index + all.length;
  return {
    method: { from: methodAt, to: methodAt + method.length },
    path: { from: pathEnd - path.length, to: pathEnd },
    client: addressIn(text.slice(0, found.index)) ?? addressIn(text, pathEnd),
  };
}

/** Share of the lines that tell a request. */
export function shareOfRequests(lines: readonly string[]): number {
  return lines.filter(tellsRequest).length / lines.length;
}

/** Whether nearly all lines tell a request, and most of them an address of who asked. */
export function tellClients(lines: readonly string[]): boolean {
  if (shareOfRequests(lines) < 0.9) return false;
  return lines.filter((line) => requestIn(line)?.client !== undefined).length > lines.length * 0.5;
}
