// Decides arrivals with the rate-limiting plugin of the real Kong: see go/main.go for the protocol. Each arrival is one request.
// The plugin runs in nginx with its Lua module (Debian: libnginx-mod-http-lua, lua-penlight), and little stands in for the rest of
// Kong. KONG, LUATZ and RESTY_REDIS are the folders of Kong/kong, daurnimator/luatz and openresty/lua-resty-redis. The first
// argument is the policy, local or redis, the second sync_rate.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrivals, folder, freePort, host, request, setClock, start } from './server.mjs';

const [policy, syncRate, ...numbers] = process.argv.slice(2);
const [limit, periodUs] = numbers.map(Number);
const { KONG, LUATZ, RESTY_REDIS } = process.env;
const rows = arrivals();
const port = await freePort();
const redisPort = await freePort();
const period = { 1e6: 'second', 60e6: 'minute', 3600e6: 'hour' }[periodUs];
const paths = [KONG, `${RESTY_REDIS}/lib`, LUATZ].flatMap((path) => [`${path}/?.lua`, `${path}/?/init.lua`]);
const config = `worker_processes 1; daemon off; master_process off; pid ${folder}/pid; error_log stderr error;
load_module /usr/lib/nginx/modules/ndk_http_module.so;
load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
events { worker_connections 64; }
http {
  access_log off;
  lua_package_path "${paths.join(';')};;";
  lua_shared_dict kong_rate_limiting_counters 1m;
  init_by_lua_block {
    running = 0
    kong = {
      client = {
        get_forwarded_ip = function() return ngx.var.remote_addr end,
        get_consumer = function() end,
        get_credential = function() end,
      },
      log = { err = function(...) ngx.log(ngx.ERR, ...) end },
      response = { error = function(status) return ngx.exit(status) end },
      timer = {
        at = function(_, delay, run)
          return ngx.timer.at(delay, function(premature)
            running = running + 1
            run(premature)
            running = running - 1
          end)
        end,
      },
    }
    package.loaded["kong.reports"] = { retrieve_redis_version = function() end }
    package.loaded["kong.plugins.rate-limiting.policies.cluster"] = {}
    handler = require "kong.plugins.rate-limiting.handler"
    conf = {
      ${period} = ${limit}, policy = "${policy}", sync_rate = ${syncRate}, limit_by = "ip", error_code = 429,
      fault_tolerant = false, hide_client_headers = false,
      redis = { host = "${host}", port = ${redisPort}, database = 0, timeout = 2000 },
    }
  }
  server {
    listen ${host}:${port};
    location / { access_by_lua_block { handler:access(conf) } content_by_lua_block { ngx.say("passed") } }
    location /tick { content_by_lua_block { ngx.header.running = running; ngx.say("") } }
  }
}
`;
const file = join(folder, 'nginx.conf');
writeFileSync(file, config);

let nowUs = rows[0][0];
if (policy === 'redis') {
  await start(
    'redis-server',
    ['--port', redisPort, '--dir', folder, '--save', ''].map(String),
    redisPort,
    nowUs,
  );
}
await start('nginx', ['-e', 'stderr', '-c', file, '-p', folder], port, nowUs);

/** Moves the clock, and waits until timers have done what they have to do. */
async function tick(us) {
  nowUs = us;
  setClock(us);
  let running;
  await request(port, '/tick');
  do {
    running = (await request(port, '/tick')).headers.running;
  } while (running !== '0');
}

for (const [us] of rows) {
  const syncedUs = Math.min(us, nowUs + syncRate * 1e6); // until then the timer of a push may be due
  while (nowUs < syncedUs) await tick(Math.min(us, nowUs + 100e3));
  await tick(us);
  const { status, headers } = await request(port);
  const wait = status === 200 ? 0 : Number(headers['retry-after']) * 1e6;
  process.stdout.write(`${status === 200 ? 1 : 0},${headers['ratelimit-remaining']},${wait},0\n`);
  await tick(us);
}
process.exit(0);
