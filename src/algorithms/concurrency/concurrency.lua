-- Concurrency limit, the twin of concurrency.ts.
-- Settings: limit.
-- State: a hash from the instant of release in µs to the units released then; forgotten when all are released.

--- open
local holds, units = {}, 0 -- what is in flight: releases with their units, and the sum
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

--- wait
local excess = units + cost - limit
if cost > limit then
  wait = never
elseif excess > 0 and cost > 0 then
  table.sort(holds, function(one, other) return one.release < other.release end)
  for _, hold in ipairs(holds) do
    excess = excess - hold.units
    wait = hold.release - now
    if excess <= 0 then break end
  end
end

--- take
local last = now + ARGV[3]
if cost > 0 and last > now then
  units = units + cost
  redis.call('HINCRBY', key, string.format('%.0f', last), cost)
  for _, hold in ipairs(holds) do last = math.max(last, hold.release) end
  redis.call('PEXPIRE', key, ttl(last - now))
end

--- remaining
left = math.max(0, limit - units)
