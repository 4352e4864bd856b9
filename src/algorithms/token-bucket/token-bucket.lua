-- Token bucket with continuous refill, the twin of token-bucket.ts.
-- Settings: perUnit, ticks a unit; perUs, ticks a µs; burst; initial, tokens in a new bucket; loose, 1 where one token is
-- enough for any cost, else 0.
-- State: 'ticks that the bucket lacks:instant in µs at which it lacked them'; forgotten when the bucket is full.

--- open
local before, since = unpaired(redis.call('GET', key))
local lacking = (burst - initial) * perUnit -- ticks
if before then lacking = math.max(before - math.max(now - since, 0) * perUs, 0) end

--- wait
local needed = (loose == 1 and cost > 1) and 1 or cost
local excess = lacking + (needed - burst) * perUnit
if excess > 0 and cost > 0 then wait = needed > burst and never or math.ceil(excess / perUs) end

--- save
redis.call('SET', key, string.format('%.0f:%.0f', lacking, now), 'PX', ttl(lacking / perUs))

--- take
if cost > 0 then
  lacking = lacking + cost * perUnit
  --[[save]]
end

--- refuse
-- A new bucket starts to fill at its first request, even when that is refused.
if not before and initial < burst and cost > 0 then
  --[[save]]
end

--- remaining
left = math.max(0, math.floor(burst - lacking / perUnit))
