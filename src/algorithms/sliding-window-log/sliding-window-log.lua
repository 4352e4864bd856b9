-- Sliding window log, the twin of sliding-window-log.ts.
-- Settings: limit, µs that an entry stays in the window, whether refused requests are logged (1 or 0).
-- State: a list of 'instant in µs:units logged up to and with this entry', oldest first. The units of any span are then
-- the difference of two entries, so the newest entry that has left the window is kept as the one to subtract. Forgotten
-- when the newest entry leaves. A list takes less memory than a sorted set and does not grow in steps.
local settings = 3

local function entry(key, place)
  return unpaired(redis.call('LINDEX', key, place))
end

-- Drops what has left the window but for the newest of it; answers the units up to that one.
local function expire(key, untilUs)
  local instant, sum = entry(key, 0)
  if not instant or instant > untilUs then return 0 end
  while true do
    local nextInstant, nextSum = entry(key, 1)
    if not nextInstant or nextInstant > untilUs then return sum end
    redis.call('LPOP', key)
    sum = nextSum
  end
end

local function open(key, now, at)
  local stays = tonumber(ARGV[at + 1])
  local gone = expire(key, now - stays)
  local _, total = entry(key, -1)
  return {
    key = key,
    limit = tonumber(ARGV[at]),
    stays = stays,
    countRejected = ARGV[at + 2] == '1',
    total = total or 0,
    used = (total or 0) - gone,
  }
end

-- When the newest entry that must go, so that those after it are of at most `units` together, has gone.
local function roomAt(limiter, units)
  local low, high, last = 0, 0, redis.call('LLEN', limiter.key) - 1
  local function fits(place)
    local _, sum = entry(limiter.key, place)
    return limiter.total - sum <= units
  end
  while not fits(high) do
    low, high = high + 1, math.min(high * 2 + 1, last)
  end
  while low < high do
    local middle = math.floor((low + high) / 2)
    if fits(middle) then high = middle else low = middle + 1 end
  end
  local instant = entry(limiter.key, low)
  return instant + limiter.stays
end

local function wait(limiter, now, cost)
  if limiter.used + cost <= limiter.limit or cost == 0 then return 0 end
  if cost > limiter.limit then return never end
  return roomAt(limiter, limiter.limit - cost) - now
end

local function log(limiter, now, cost)
  limiter.total, limiter.used = limiter.total + cost, limiter.used + cost
  redis.call('RPUSH', limiter.key, pair(now, limiter.total))
  redis.call('PEXPIRE', limiter.key, ttl(limiter.stays))
end

local function take(limiter, now, cost)
  if cost > 0 then log(limiter, now, cost) end
  return 0
end

-- Of refused requests too only the newest limit + 1 units are kept: older ones cannot change a decision any more.
local function refuse(limiter, now, cost)
  if not limiter.countRejected or cost == 0 then return end
  log(limiter, now, cost)
  local _, oldest = entry(limiter.key, 0)
  if limiter.total - oldest > limiter.limit then redis.call('LPOP', limiter.key) end
end

local function remaining(limiter)
  return math.max(0, limiter.limit - limiter.used)
end
