-- Token bucket whose whole limit is added at once, the twin of interval.ts.
-- Settings: limit; period in µs; aligned, 1 where refills come at multiples of the period since 1970, else 0; alignment, µs from such
-- an instant to time 0; burst; initial, tokens in a new bucket; loose, 1 where one token is enough for any cost, else 0.
-- State: a hash of the tokens and the instant in µs of the last refill; forgotten a period after the bucket is full, and
-- with it the phase.

--- open
local state = redis.call('HMGET', key, 'tokens', 'refilledAt')
local tokens, refilledAt = tonumber(state[1]), tonumber(state[2])
local isNew = not tokens
local writtenRefills -- how many after the last one the bucket that is written down will be full
if isNew then
  tokens, refilledAt = initial, aligned == 1 and now - math.fmod(now + alignment, period) or now
elseif now - refilledAt >= period then
  local periods = math.floor((now - refilledAt) / period)
  tokens, refilledAt = math.min(burst, tokens + periods * limit), refilledAt + periods * period
else
  writtenRefills = math.ceil((burst - tokens) / limit)
end

--- wait
local needed = (loose == 1 and cost > 1) and 1 or cost
local lacking = needed - tokens
if lacking > 0 and cost > 0 then
  wait = needed > burst and never or math.ceil(lacking / limit) * period - (now - refilledAt)
end

--- save
local refills = math.ceil((burst - tokens) / math.max(limit, 1))
if refills == writtenRefills then
  redis.call('HINCRBY', key, 'tokens', -cost) -- and it lives on as long as it was told to
else
  redis.call('HSET', key, 'tokens', tokens, 'refilledAt', refilledAt)
  redis.call('PEXPIRE', key, ttl(refilledAt + (refills + 1) * period - now))
end

--- take
if cost > 0 then
  tokens = tokens - cost
  --[[save]]
end

--- refuse
-- The refill clock starts with the key's first request, even when that is refused.
if isNew and cost > 0 then
  --[[save]]
end

--- remaining
left = math.max(0, tokens)
