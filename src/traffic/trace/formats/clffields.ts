/**
 * The Common Log Format and what grew from it: Apache HTTP Server, mod_log_config, "Common Log Format", "Combined Log
 * Format" and the `vhost_combined` of Debian's configuration; nginx, ngx_http_log_module, `combined`.
 *   [vhost[:port]] host ident user [time] "request" status bytes ["referer" "agent" …]
 */
export const field = {
  host: 0,
  ident: 1,
  user: 2,
  time: 3,
  request: 4,
  status: 5,
  bytes: 6,
  referer: 7,
  agent: 8,
  method: 9,
  path: 10,
  vhost: 11,
  forwarded: 12,
};

/** Their names, in the order of their places. */
export const clfFields = Object.keys(field);

/** Names that nginx and people have for them. */
export const aliases: ReadonlyMap<string, string> = new Map([
  ['remote_addr', 'host'],
  ['client', 'host'],
  ['ip', 'host'],
  ['remote_user', 'user'],
  ['time_local', 'time'],
  ['body_bytes_sent', 'bytes'],
  ['http_referer', 'referer'],
  ['http_user_agent', 'agent'],
  ['user_agent', 'agent'],
]);
