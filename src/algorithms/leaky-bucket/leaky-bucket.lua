-- Leaky bucket as a meter, the twin of leaky-bucket.ts.
-- Settings: perUnit, ticks a unit; perUs, ticks a µs; capacity in ticks.
-- State: 'level in ticks:instant in µs at which it was that high'; forgotten when the bucket has run empty.

--- open
local before, since = unpaired(redis.call('GET', key))
local level = before and math.max(before - math.max(now - since, 0) * perUs, 0) or 0

--- wait
local pour = cost * perUnit
local overflow = level + pour - capacity
if overflow > 0 and cost > 0 then wait = pour > capacity and never or math.ceil(overflow / perUs) end

--- take
if cost > 0 then
  level = level + cost * perUnit
  redis.call('SET', key, string.format('%.0f:%.0f', level, now), 'PX', ttl(level / perUs))
end

--- remaining
left = math.max(0, math.floor((capacity - level) / perUnit))
