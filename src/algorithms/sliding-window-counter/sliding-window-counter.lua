-- Sliding window counter, the twin of sliding-window-counter.ts.
-- Settings: limit, sub-windows, sub-window in µs, µs from the start of an aligned window to time 0, whether refused
-- requests count (1 or 0).
-- State: a hash of the index of the newest sub-window, the units in all counters, and the counters, each under its index
-- modulo sub-windows + 1; forgotten when all have left the window.
local settings = 5

local function slot(limiter, subWindow)
  return math.fmod(subWindow, limiter.subWindows + 1)
end

local function counter(limiter, subWindow)
  local place = slot(limiter, subWindow)
  if not limiter.counters[place] then
    limiter.counters[place] = tonumber(redis.call('HGET', limiter.key, place)) or 0
  end
  return limiter.counters[place]
end

-- Takes off the counters that have left the window since the newest one was written.
local function roll(limiter, written)
  if not written or limiter.newest - written > limiter.subWindows then
    limiter.total, limiter.isStale = 0, true
    for place = 0, limiter.subWindows do limiter.counters[place] = 0 end
    return
  end
  for subWindow = written + 1, limiter.newest do
    local place = slot(limiter, subWindow)
    limiter.total = limiter.total - counter(limiter, subWindow)
    limiter.counters[place] = 0
    if subWindow < limiter.newest then limiter.left[#limiter.left + 1] = place end
  end
end

local function open(key, now, at)
  local subWindow, aligned = tonumber(ARGV[at + 2]), now + tonumber(ARGV[at + 3])
  local limiter = {
    key = key,
    limit = tonumber(ARGV[at]),
    subWindows = tonumber(ARGV[at + 1]),
    subWindow = subWindow,
    countRejected = ARGV[at + 4] == '1',
    newest = math.floor(aligned / subWindow),
    left = {},
  }
  local current, oldest = slot(limiter, limiter.newest), slot(limiter, limiter.newest + 1)
  local state = redis.call('HMGET', key, 'newest', 'total', current, oldest)
  limiter.total = tonumber(state[2]) or 0
  limiter.counters = { [current] = tonumber(state[3]) or 0, [oldest] = tonumber(state[4]) or 0 }
  limiter.gone = aligned - limiter.newest * subWindow
  roll(limiter, tonumber(state[1]))
  return limiter
end

-- The estimate rounded down, as the decision takes it.
local function estimate(limiter)
  local oldest = counter(limiter, limiter.newest + 1)
  return math.floor(oldest * (limiter.subWindow - limiter.gone) / limiter.subWindow) + limiter.total - oldest
end

-- How much of its sub-window must be gone for the oldest counter to weigh at most `room`.
local function leastGone(limiter, oldest, room)
  if room < 0 then return never end
  if oldest <= room then return 0 end
  return limiter.subWindow - math.ceil((room + 1) * limiter.subWindow / oldest) + 1
end

local function waitForRoom(limiter, cost)
  local room = limiter.limit - cost - limiter.total
  for ahead = 0, limiter.subWindows do
    local oldest = counter(limiter, limiter.newest + ahead + 1)
    room = room + oldest
    local gone = math.max(leastGone(limiter, oldest, room), ahead == 0 and limiter.gone or 0)
    if gone < limiter.subWindow then return ahead * limiter.subWindow + gone - limiter.gone end
  end
  return (limiter.subWindows + 1) * limiter.subWindow - limiter.gone
end

local function wait(limiter, _, cost)
  if cost == 0 or estimate(limiter) + cost <= limiter.limit then return 0 end
  return cost > limiter.limit and never or waitForRoom(limiter, cost)
end

local function count(limiter, cost)
  local place = slot(limiter, limiter.newest)
  if limiter.isStale then redis.call('DEL', limiter.key) end
  if #limiter.left > 0 then redis.call('HDEL', limiter.key, unpack(limiter.left)) end
  limiter.total = limiter.total + cost
  limiter.counters[place] = limiter.counters[place] + cost
  local newest = string.format('%.0f', limiter.newest)
  redis.call('HSET', limiter.key, 'newest', newest, 'total', limiter.total, place, limiter.counters[place])
  redis.call('PEXPIRE', limiter.key, ttl((limiter.subWindows + 1) * limiter.subWindow - limiter.gone))
end

local function take(limiter, _, cost)
  if cost > 0 then count(limiter, cost) end
  return 0
end

local function refuse(limiter, _, cost)
  if limiter.countRejected and cost > 0 then count(limiter, cost) end
end

local function remaining(limiter)
  return math.max(0, limiter.limit - estimate(limiter))
end
