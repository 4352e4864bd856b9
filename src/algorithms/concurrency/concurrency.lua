-- Concurrency limit, the twin of concurrency.ts.
-- Settings: limit.
-- State: a hash from the instant of release in µs to the units released then; forgotten when all are released.
local settings = 1

local function open(key, now, at)
  local limiter = { key = key, limit = tonumber(ARGV[at]), holds = {}, units = 0 }
  local fields = redis.call('HGETALL', key)
  for i = 1, #fields, 2 do
    local release, units = tonumber(fields[i]), tonumber(fields[i + 1])
    if release <= now then
      redis.call('HDEL', key, fields[i])
    else
      limiter.holds[#limiter.holds + 1] = { release = release, units = units }
      limiter.units = limiter.units + units
    end
  end
  return limiter
end

local function wait(limiter, now, cost)
  local excess = limiter.units + cost - limiter.limit
  if excess <= 0 or cost == 0 then return 0 end
  if cost > limiter.limit then return never end
  table.sort(limiter.holds, function(one, other) return one.release < other.release end)
  for _, hold in ipairs(limiter.holds) do
    excess = excess - hold.units
    if excess <= 0 then return hold.release - now end
  end
end

local function take(limiter, now, cost, duration)
  if cost == 0 or duration == 0 then return 0 end
  limiter.units = limiter.units + cost
  local last = now + duration
  redis.call('HINCRBY', limiter.key, string.format('%.0f', last), cost)
  for _, hold in ipairs(limiter.holds) do last = math.max(last, hold.release) end
  redis.call('PEXPIRE', limiter.key, ttl(last - now))
  return 0
end

local function refuse() end

local function remaining(limiter)
  return math.max(0, limiter.limit - limiter.units)
end
