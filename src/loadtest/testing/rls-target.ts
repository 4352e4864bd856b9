/** A rate limit service of Envoy on loopback, by one of our limiters: what tests of k6 scripts ask by gRPC. */
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceClientConstructor,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { parseRules } from '../../sim/rule.ts';
import { parseSelections } from '../../sim/selection.ts';
import { NamedDesk } from '../../sim/testing/named-desk.ts';
import { unixTimeUs } from '../../sim/wall-clock.ts';
import type { Target } from './target.ts';

interface RateLimitRequest {
  readonly domain: string;
  readonly descriptors: readonly {
    readonly entries: readonly { readonly key: string; readonly value: string }[];
  }[];
  readonly hitsAddend: number;
}

/** Limits the entry `key` of the domain `api`; admits all of others, as that service does without a rule. */
export async function startRlsTarget(algorithm: string, limit: string): Promise<Target> {
  const rules = parseRules(limit);
  const desk = new NamedDesk(parseSelections(algorithm)[0], rules);
  const { service } = serviceDefinition();
  const server = new Server();
  server.addService(service, {
    ShouldRateLimit({ request }: ServerUnaryCall<RateLimitRequest, object>, answer: sendUnaryData<object>) {
      const [entry] = request.descriptors[0].entries;
      if (request.domain !== 'api' || entry.key !== 'key') return answer(null, { overallCode: 'OK' });
      const nowUs = unixTimeUs();
      const { allowed, remaining } = desk.decide(
        { timeUs: nowUs, decidedAtUs: nowUs, key: entry.value, cost: request.hitsAddend, durationUs: 0 },
        false,
      );
      const code = allowed ? 'OK' : 'OVER_LIMIT';
      const currentLimit = { requestsPerUnit: rules[0].quota.limit };
      answer(null, { overallCode: code, statuses: [{ code, currentLimit, limitRemaining: remaining }] });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { url: `grpc://127.0.0.1:${port}`, close: async () => server.forceShutdown() };
}

function serviceDefinition() {
  const loaded = loadPackageDefinition(loadSync('k6/lib/rls/rls.proto', { enums: String }));
  // grpc-js types what it loads as nested records of unknown depth; rls.proto says what is there
  const { envoy } = loaded as unknown as {
    envoy: {
      service: {
        ratelimit: {
          v3: { RateLimitService: Pick<ServiceClientConstructor, 'service'> };
        };
      };
    };
  };
  return envoy.service.ratelimit.v3.RateLimitService;
}
