// Where requests go and as whom. Nothing secret lies in these files: it comes from the environment.
import http from 'k6/http';

/** `{ in: 'header', name }`, `{ in: 'bearer' }` or `{ in: 'query', name }`, as text in one of the three. */
function carried({ in: place, name }, value) {
  if (place === 'query') return { query: `${encodeURIComponent(name)}=${encodeURIComponent(value)}` };
  const text = headerSafe(value);
  return { headers: place === 'bearer' ? { Authorization: `Bearer ${text}` } : { [name]: text } };
}

/** Text that a header may hold stays as it is; any other is percent-encoded. */
function headerSafe(text) {
  return /^[!-$&-~]+( +[!-$&-~]+)*$/.test(text) ? text : encodeURIComponent(text);
}

export class Target {
  /** `plan`: plan.json; `env`: the environment; `credentials`: an object from key to what is sent in its place. */
  constructor(plan, env, credentials = {}) {
    this.url = env.RL_TARGET || plan.target;
    this.method = env.RL_METHOD || 'GET';
    this.headers = env.RL_AUTHORIZATION ? { Authorization: env.RL_AUTHORIZATION } : {};
    this.plan = plan;
    this.credentials = credentials;
    this.expected = http.expectedStatuses({ min: 200, max: 399 }, ...plan.refused_status);
  }

  /** Sends one request for `key`; `part` tells in the results what it was for. */
  send(key, cost, part) {
    return http.request(...this.requestFor(key, cost, part));
  }

  /** The same without waiting for the answer: a promise of it. */
  sendAsync(key, cost, part) {
    return http.asyncRequest(...this.requestFor(key, cost, part));
  }

  requestFor(key, cost, part) {
    const { key: keyIn, cost: costIn } = this.plan.send;
    const parts = [carried(keyIn, this.credentials[key] ?? key)];
    if (costIn) parts.push(carried(costIn, String(cost)));
    const query = parts.map((one) => one.query).filter(Boolean);
    const url =
      query.length === 0 ? this.url : `${this.url}${this.url.includes('?') ? '&' : '?'}${query.join('&')}`;
    const headers = Object.assign({}, this.headers, ...parts.map((one) => one.headers));
    // The tag `name` stands for the address, which would make a time series of every key.
    const tags = { name: 'target', part };
    return [this.method, url, null, { headers, redirects: 0, tags, responseCallback: this.expected }];
  }

  isRefusal({ status }) {
    return this.plan.refused_status.includes(status);
  }

  isAdmission(response) {
    return !this.isRefusal(response) && response.status >= 200 && response.status < 400;
  }
}
