-- Sliding window counter, the twin of sliding-window-counter.ts.
-- Settings: limit, sub-windows, sub-window in µs, µs from the start of an aligned window to time 0, whether refused
-- requests count (1 or 0).
-- State: a hash of the index of the newest sub-window, the units in all counters, and the counters, each under its index
-- modulo sub-windows + 1; forgotten when all have left the window.
local settings = 5
local key, limit, subWindows, subWindow, countRejected
local newest, gone -- index of the sub-window of now, and how much of it is gone
local total, counters
local written -- index of the newest sub-window that the state knows
local left, isStale -- places of counters that have left the window; whether all have

local function counter(index)
  local place = math.fmod(index, subWindows + 1)
  if not counters[place] then counters[place] = tonumber(redis.call('HGET', key, place)) or 0 end
  return counters[place]
end

-- Takes off the counters that have left the window since the newest one was written.
local function roll()
  if written == newest then return end
  if not written or newest - written > subWindows then
    total, isStale = 0, true
    for place = 0, subWindows do counters[place] = 0 end
    return
  end
  for index = written + 1, newest do
    local place = math.fmod(index, subWindows + 1)
    total = total - counter(index)
    counters[place] = 0
    if index < newest then
      left = left or {}
      left[#left + 1] = place
    end
  end
end

local function open(name, now, at)
  key, limit, subWindows, subWindow = name, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  countRejected = ARGV[at + 4] == '1'
  local aligned = now + ARGV[at + 3]
  newest = math.floor(aligned / subWindow)
  gone = aligned - newest * subWindow
  local current, oldest = math.fmod(newest, subWindows + 1), math.fmod(newest + 1, subWindows + 1)
  local state = redis.call('HMGET', key, 'newest', 'total', current, oldest)
  written, total, left, isStale = tonumber(state[1]), tonumber(state[2]) or 0, nil, false
  counters = { [current] = tonumber(state[3]) or 0, [oldest] = tonumber(state[4]) or 0 }
  roll()
end

-- The estimate rounded down, as the decision takes it.
local function estimate()
  local oldest = counter(newest + 1)
  return math.floor(oldest * (subWindow - gone) / subWindow) + total - oldest
end

-- How much of its sub-window must be gone for the oldest counter to weigh at most `room`.
local function leastGone(oldest, room)
  if room < 0 then return never end
  if oldest <= room then return 0 end
  return subWindow - math.ceil((room + 1) * subWindow / oldest) + 1
end

local function waitForRoom(cost)
  local room = limit - cost - total
  for ahead = 0, subWindows do
    local oldest = counter(newest + ahead + 1)
    room = room + oldest
    local must = math.max(leastGone(oldest, room), ahead == 0 and gone or 0)
    if must < subWindow then return ahead * subWindow + must - gone end
  end
  return (subWindows + 1) * subWindow - gone
end

local function wait(_, cost)
  if cost == 0 or estimate() + cost <= limit then return 0 end
  return cost > limit and never or waitForRoom(cost)
end

local function count(cost)
  local place = math.fmod(newest, subWindows + 1)
  if isStale then redis.call('DEL', key) end
  if left then redis.call('HDEL', key, unpack(left)) end
  total = total + cost
  counters[place] = counters[place] + cost
  if written == newest then
    redis.call('HSET', key, 'total', total, place, counters[place]) -- which lives on as long as it was told to
  else
    redis.call('HSET', key, 'newest', string.format('%.0f', newest), 'total', total, place, counters[place])
    redis.call('PEXPIRE', key, ttl((subWindows + 1) * subWindow - gone))
  end
end

local function take(_, cost)
  if cost > 0 then count(cost) end
  return 0
end

local function refuse(_, cost)
  if countRejected and cost > 0 then count(cost) end
end

local function remaining()
  return math.max(0, limit - estimate())
end
