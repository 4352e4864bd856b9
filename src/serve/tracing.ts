/** Traces by OTLP. Loaded when they are asked for; until then the spans of `spans.ts` are nothing. */
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { watchRedisSpans } from './redis-spans.ts';

export interface TracingOptions {
  readonly version: string;
  /** Where the collector listens, such as `http://localhost:4318`; what OTEL_EXPORTER_OTLP_… say when left out. */
  readonly url?: string | undefined;
  /** Told why spans did not arrive, when the reason is a new one. */
  readonly onLost: (reason: string) => void;
}

/** From now on spans are recorded and sent. The answer sends what is left, and ends it. */
export function startTracing({ version, url, onLost }: TracingOptions): () => Promise<void> {
  const exporter = new OTLPTraceExporter(
    url === undefined ? {} : { url: `${url.replace(/\/$/, '')}/v1/traces` },
  );
  const ours = resourceFromAttributes({ 'service.name': 'ratelimit', 'service.version': version });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(ours)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  let told = '';
  const tell = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== told) onLost(reason);
    told = reason;
  };
  setGlobalErrorHandler(tell);
  const unwatch = watchRedisSpans();
  return async () => {
    unwatch();
    await provider.shutdown().catch(tell);
  };
}
