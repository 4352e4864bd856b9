-- Concurrency limit, the twin of concurrency.ts.
-- Settings: limit.
-- State: a hash from the instant of release in µs to the units released then; forgotten when all are released.
local settings = 1
local key, limit
local holds, units -- what is in flight: releases with their units, and the sum

local function open(name, now, at)
  key, limit, holds, units = name, tonumber(ARGV[at]), {}, 0
  local fields = redis.call('HGETALL', key)
  for i = 1, #fields, 2 do
    local release, held = tonumber(fields[i]), tonumber(fields[i + 1])
    if release <= now then
      redis.call('HDEL', key, fields[i])
    else
      holds[#holds + 1] = { release = release, units = held }
      units = units + held
    end
  end
end

local function wait(now, cost)
  local excess = units + cost - limit
  if excess <= 0 or cost == 0 then return 0 end
  if cost > limit then return never end
  table.sort(holds, function(one, other) return one.release < other.release end)
  for _, hold in ipairs(holds) do
    excess = excess - hold.units
    if excess <= 0 then return hold.release - now end
  end
end

local function take(now, cost)
  local last = now + ARGV[4]
  if cost == 0 or last == now then return 0 end
  units = units + cost
  redis.call('HINCRBY', key, string.format('%.0f', last), cost)
  for _, hold in ipairs(holds) do last = math.max(last, hold.release) end
  redis.call('PEXPIRE', key, ttl(last - now))
  return 0
end

local function refuse() end

local function remaining()
  return math.max(0, limit - units)
end
