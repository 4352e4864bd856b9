// A rate limit service of Envoy as the target, asked by gRPC as Envoy asks it. What it answers is told as HTTP would be:
// status 200 or 429, and of the first descriptor the headers that Envoy makes of it.
import grpc from 'k6/net/grpc';

const method = 'envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit';
const client = new grpc.Client();
client.load(['./lib'], 'rls.proto');
let isConnected = false;

export class Target {
  /** `plan`: plan.json; `env`: the environment; `credentials`: an object from key to what is sent in its place. */
  constructor(plan, env, credentials = {}) {
    this.url = env.RL_TARGET || plan.target;
    this.metadata = env.RL_AUTHORIZATION ? { authorization: env.RL_AUTHORIZATION } : {};
    this.plan = plan;
    this.credentials = credentials;
  }

  /** Asks about one request of `key`; `part` tells in the results what it was for. */
  send(key, cost, part) {
    const { send, rls } = this.plan;
    const value = this.credentials[key] ?? key;
    const request = {
      domain: rls.domain,
      descriptors: [{ entries: [{ key: send.key.name, value }] }],
      hitsAddend: send.cost ? cost : 1,
    };
    const params = { metadata: this.metadata, tags: { name: 'target', part }, timeout: '10s' };
    try {
      this.connect();
      return asHttp(client.invoke(method, request, params));
    } catch {
      return { status: 0, headers: {} }; // nothing answers there
    }
  }

  /** A service that answers by gRPC decides, and holds nothing back. */
  async sendAsync(key, cost, part) {
    return this.send(key, cost, part);
  }

  /** Each virtual user has a connection of its own. grpcs: with TLS. */
  connect() {
    if (isConnected) return;
    const [, scheme, address] = /^(grpcs?):\/\/([^/]+)/.exec(this.url) || [null, 'grpc', this.url];
    client.connect(address, { plaintext: scheme === 'grpc', timeout: '5s' });
    isConnected = true;
  }

  isRefusal({ status }) {
    return status === 429;
  }

  isAdmission({ status }) {
    return status === 200;
  }
}

const statusOf = { OK: 200, OVER_LIMIT: 429 };

function asHttp({ status, message }) {
  if (status !== grpc.StatusOK || !message) return { status: 500, headers: {} };
  const [first] = message.statuses || [];
  return {
    status: statusOf[message.overallCode] || 500,
    headers: first?.currentLimit ? headersOf(first) : {},
  };
}

function headersOf({ currentLimit, limitRemaining, durationUntilReset }) {
  return {
    'x-ratelimit-limit': String(currentLimit.requestsPerUnit),
    'x-ratelimit-remaining': String(limitRemaining || 0),
    ...(durationUntilReset && {
      'x-ratelimit-reset': String(Math.ceil(Number.parseFloat(durationUntilReset))),
    }),
  };
}
