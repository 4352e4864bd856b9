import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code: number };
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: CollectedSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[];
  }[];
}

/** A collector of traces by OTLP over HTTP, in JSON. */
export class TestCollector {
  readonly spans: CollectedSpan[] = [];
  readonly services = new Set<unknown>();
  readonly #server = createServer(async (request, response) => {
    if (request.url === '/v1/traces') this.#take((await json(request)) as Export); // the exporter's own form
    response.writeHead(request.url === '/v1/traces' ? 200 : 404).end('{}');
  });

  static async start(): Promise<TestCollector> {
    const collector = new TestCollector();
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // it listens on TCP
  }

  /** The names of the spans, each below its parent and in the order of their starts; those that failed say so. */
  outline(parent?: string, indent = ''): string[] {
    return this.spans
      .filter(({ parentSpanId }) => parentSpanId === parent)
      .sort((one, other) => Number(BigInt(one.startTimeUnixNano) - BigInt(other.startTimeUnixNano)))
      .flatMap(({ name, status, spanId }) => [
        `${indent}${name}${status.code === 2 ? ': failed' : ''}`,
        ...this.outline(spanId, `${indent}  `),
      ]);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take({ resourceSpans }: Export): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      this.services.add(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    }
  }
}
