import { setTimeout } from 'node:timers/promises';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify';
import { unixTimeUs } from '../sim/wall-clock.ts';
import type { KeyPlace } from './caller.ts';
import { type rateLimitFields, seconds } from './rate-limit-fields.ts';
import { askedBy, askedInBody, InvalidRequest } from './requests.ts';
import type { RateLimiterService, Verdict } from './service.ts';

export interface AppOptions {
  readonly service: RateLimiterService;
  readonly keyPlace: KeyPlace;
  readonly fields: ReturnType<typeof rateLimitFields>;
  /** Rejects while the store cannot be reached. */
  readonly ping: () => Promise<void>;
  /** Told of errors that are ours. */
  readonly onBug: (error: unknown) => void;
}

const mostBodyBytes = 16_384;

/** Whoever is slower to send a request is cut off. */
const slowestMs = 10_000;

/** The service over HTTP; not yet listening. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: mostBodyBytes,
    requestTimeout: slowestMs,
    http: { headersTimeout: slowestMs, connectionsCheckingInterval: 1000 },
    return503OnClosing: false, // what still arrives is answered; its connection is then closed
  });
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    if (isClosing) reply.header('connection', 'close');
  });
  app.setErrorHandler((error, _request, reply) => explain(error, reply, options));
  app.get('/health', async () => ({ status: 'up' }));
  app.get('/ready', (_request, reply) => readiness(reply, options));
  app.get('/metrics', async (_request, reply) => {
    return reply.type(options.service.metrics.contentType).send(await options.service.metrics.text());
  });
  addCheck(app, options);
  addAnyPath(app, options);
  return app;
}

async function readiness(reply: FastifyReply, { ping }: AppOptions): Promise<FastifyReply> {
  return ping().then(
    () => reply.send({ status: 'ready' }),
    () => reply.code(503).send({ status: 'the store cannot be reached' }),
  );
}

/** Decides about what the body names. */
function addCheck(app: FastifyInstance, { service, fields }: AppOptions): void {
  app.removeContentTypeParser('text/plain'); // JSON only, which no page of another site sends without being asked
  app.post('/check', async ({ headers, body }, reply) => {
    return answer(reply, await service.check(headers, () => askedInBody(body)), fields);
  });
  const method = app.supportedMethods.filter((each) => each !== 'POST');
  app.route({
    method,
    url: '/check',
    handler: (_request, reply) => problem(reply.header('allow', 'POST'), 405, '/check takes POST'),
  });
}

/** Decides about the request itself, and holds it back where the algorithm does. Its body is nobody's business here. */
function addAnyPath(app: FastifyInstance, { service, keyPlace, fields }: AppOptions): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/*', async (request, reply) => {
      const verdict = await service.check(request.headers, () => {
        return askedBy(senderOf(request), pathOf(request), keyPlace);
      });
      if (verdict.delayUs > 0) await setTimeout(verdict.delayUs / 1e3);
      return answer(reply, verdict, fields);
    });
  });
}

function senderOf({ headers, query, ip }: FastifyRequest) {
  return { headers, query: query as Record<string, unknown>, address: ip }; // what Fastify's parser of queries makes
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0];
}

/** 200, 429, or 503 where the store would have had to decide. */
function answer(reply: FastifyReply, verdict: Verdict, fields: AppOptions['fields']): FastifyReply {
  const { allowed, retryAfterUs, delayUs, remaining, standings, storeError } = verdict;
  const isKnown = retryAfterUs !== Number.POSITIVE_INFINITY;
  reply.code(statusOf(verdict)).headers(fields(standings, unixTimeUs()));
  if (!allowed && isKnown) reply.header('retry-after', seconds(retryAfterUs));
  return reply.send({
    allowed,
    ...(remaining !== undefined && { remaining }),
    retry_after_us: isKnown ? retryAfterUs : -1,
    delay_us: delayUs,
    ...(storeError !== undefined && { store_error: storeError }),
  });
}

function statusOf({ allowed, standings, storeError }: Verdict): number {
  if (allowed) return 200;
  return storeError !== undefined && !standings ? 503 : 429;
}

/** What the framework refuses, in words that say what to send instead. */
const refusals: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'the path is not a valid one',
  FST_ERR_CTP_BODY_TOO_LARGE: `the body has more than ${mostBodyBytes} bytes`,
  FST_ERR_CTP_EMPTY_JSON_BODY: 'the body is not JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'send JSON, with the header Content-Type: application/json',
};

/** Of errors that are ours the client learns nothing. */
function explain(error: unknown, reply: FastifyReply, { onBug }: AppOptions): FastifyReply {
  if (error instanceof InvalidRequest) return problem(reply, 400, error.message);
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>; // only Errors are thrown
  if (statusCode < 500) return problem(reply, statusCode, refusals[code] ?? 'the request is not a valid one');
  onBug(error);
  return problem(reply, 500, 'the service made a mistake');
}

/** RFC 9457. */
function problem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).type('application/problem+json').send({ status, detail });
}
