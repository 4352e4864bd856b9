-- Fixed window aligned to the epoch, the twin of fixed-window.ts.
-- Settings: limit; period in µs; alignment, µs from the start of an aligned window to time 0; countRejected, 1 where
-- refused requests count, else 0.
-- State: a hash whose one field is named after the window's index and holds the units used in it; it expires with the window.

--- window
local window = math.floor((now + alignment) / period)
local endsIn = (window + 1) * period - alignment - now

--- open
--[[window]]
local used = tonumber(redis.call('HGET', key, window)) or 0

--- alone
-- What may count does so first, in one command, and what was too much is given back.
if cost == 0 or cost > limit then
  --[[ask]]
else
  --[[window]]
  local used
  --[[count]]
  if used <= limit then
    left = limit - used
  else
    held = -endsIn
    if countRejected == 0 then left = limit - redis.call('HINCRBY', key, window, -cost) end
  end
end

--- wait
if used + cost > limit and cost > 0 then wait = cost > limit and never or endsIn end

--- count
used = redis.call('HINCRBY', key, window, ARGV[2])
if used == cost then
  -- The first of its window takes the place of an earlier one, where that has not expired.
  if redis.call('HLEN', key) > 1 then
    redis.call('DEL', key)
    redis.call('HSET', key, window, used)
  end
  redis.call('PEXPIRE', key, ttl(endsIn))
end

--- take
if cost > 0 then
  --[[count]]
end

--- refuse
if countRejected == 1 and cost > 0 then
  --[[count]]
end

--- remaining
left = math.max(0, limit - used)
