-- Sliding window log, the twin of sliding-window-log.ts.
-- Settings: limit, µs that an entry stays in the window, whether refused requests are logged (1 or 0).
-- State: a list of 'instant in µs:units logged up to and with this entry', oldest first. The units of any span are then
-- the difference of two entries, so the newest entry that has left the window is kept as the one to subtract. Forgotten
-- when the newest entry leaves. A list takes less memory than a sorted set and does not grow in steps.
local settings = 3
local key, limit, stays, countRejected
local total, used -- units ever logged, and those in the window

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

local function open(name, now, at)
  key, limit, stays, countRejected = name, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), ARGV[at + 2] == '1'
  local gone = expire(now - stays)
  local _, newest = entry(-1)
  total = newest or 0
  used = total - gone
end

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

local function wait(now, cost)
  if used + cost <= limit or cost == 0 then return 0 end
  if cost > limit then return never end
  return roomAt(limit - cost) - now
end

local function log(now, cost)
  total, used = total + cost, used + cost
  redis.call('RPUSH', key, pair(now, total))
  redis.call('PEXPIRE', key, ttl(stays))
end

local function take(now, cost)
  if cost > 0 then log(now, cost) end
  return 0
end

-- Of refused requests too only the newest limit + 1 units are kept: older ones cannot change a decision any more.
local function refuse(now, cost)
  if not countRejected or cost == 0 then return end
  log(now, cost)
  local _, oldest = entry(0)
  if total - oldest > limit then redis.call('LPOP', key) end
end

local function remaining()
  return math.max(0, limit - used)
end
