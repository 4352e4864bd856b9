-- Sliding window log, the twin of sliding-window-log.ts.
-- Settings: limit; stays, µs that an entry stays in the window; countRejected, 1 where refused requests are logged, else 0.
-- State: a list of 'instant in µs:units logged up to and with this entry', oldest first. The units of any span are then
-- the difference of two entries, so the newest entry that has left the window is kept as the one to subtract. Forgotten
-- when the newest entry leaves. A list takes less memory than a sorted set and does not grow in steps.

--- open
local function entry(place)
  return unpaired(redis.call('LINDEX', key, place))
end

-- Drops what has left the window but for the newest of it; answers the units up to that one.
local function expire(untilUs)
  local instant, sum = entry(0)
  if not instant or instant > untilUs then return 0 end
  while true do
    local nextInstant, nextSum = entry(1)
    if not nextInstant or nextInstant > untilUs then return sum end
    redis.call('LPOP', key)
    sum = nextSum
  end
end

local gone = expire(now - stays)
local _, newest = entry(-1)
local total = newest or 0 -- units ever logged
local used = total - gone -- and those in the window

--- wait
-- When the newest entry that must go, so that those after it are of at most `units` together, has gone.
local function roomAt(units)
  local low, high, last = 0, 0, redis.call('LLEN', key) - 1
  local function fits(place)
    local _, sum = entry(place)
    return total - sum <= units
  end
  while not fits(high) do
    low, high = high + 1, math.min(high * 2 + 1, last)
  end
  while low < high do
    local middle = math.floor((low + high) / 2)
    if fits(middle) then high = middle else low = middle + 1 end
  end
  return entry(low) + stays
end
if used + cost > limit and cost > 0 then wait = cost > limit and never or roomAt(limit - cost) - now end

--- log
total, used = total + cost, used + cost
redis.call('RPUSH', key, string.format('%.0f:%.0f', now, total))
redis.call('PEXPIRE', key, ttl(stays))

--- take
if cost > 0 then
  --[[log]]
end

--- refuse
-- Of refused requests too only the newest limit + 1 units are kept: older ones cannot change a decision any more.
if countRejected == 1 and cost > 0 then
  --[[log]]
  local _, oldest = entry(0)
  if total - oldest > limit then redis.call('LPOP', key) end
end

--- remaining
left = math.max(0, limit - used)
