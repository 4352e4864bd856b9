import { context, propagation, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Verdict } from './service.ts';

/** Does nothing, at next to no cost, unless `tracing.ts` has been started. */
export const tracer = trace.getTracer('ratelimit');

/** Runs `work` inside a span, which ends when it has settled, and tells its failure. */
export function inSpan<T>(name: string, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The same for work that does not wait. */
export function inShortSpan<T>(name: string, work: () => T): T {
  return tracer.startActiveSpan(name, (span) => {
    try {
      return work();
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Has the spans inside belong to the caller's trace, where its headers name one. */
export function inTraceOf<T>(headers: object, work: () => T): T {
  return context.with(propagation.extract(context.active(), headers), work);
}

export function failed(span: Span, error: unknown): void {
  span.setStatus({
    code: SpanStatusCode.ERROR,
    message: error instanceof Error ? error.message : String(error),
  });
}

/** What was decided; not the key, which may be a credential. */
export function tell(span: Span, algorithm: string, { allowed, remaining, storeError }: Verdict): void {
  span.setAttributes({
    'ratelimit.algorithm': algorithm,
    'ratelimit.allowed': allowed,
    ...(remaining !== undefined && { 'ratelimit.remaining': remaining }),
    ...(storeError !== undefined && { 'ratelimit.store_error': storeError }),
  });
}
