-- Sliding window counter of several sub-windows, the twin of sliding-window-counter.ts.
-- Settings: limit; subWindows; subWindow in µs; alignment, µs from the start of an aligned window to time 0;
-- slack, units · µs by which what is covered may exceed the room for it; countRejected, 1 where refused requests count, else 0.
-- State: a hash of the index of the newest sub-window, the units in all counters, and the counters, each under its index
-- modulo sub-windows + 1; forgotten when all have left the window.

--- open
local aligned = now + alignment
local newest = math.floor(aligned / subWindow) -- index of the sub-window of now
local gone = aligned - newest * subWindow
local current, leaving = math.fmod(newest, subWindows + 1), math.fmod(newest + 1, subWindows + 1)
local state = redis.call('HMGET', key, 'newest', 'total', current, leaving)
local written, total = tonumber(state[1]), tonumber(state[2]) or 0
local counters = { [current] = tonumber(state[3]) or 0, [leaving] = tonumber(state[4]) or 0 }
local expired, isStale = {}, false -- places of counters that have left the window; whether all have

local function counter(index)
  local place = math.fmod(index, subWindows + 1)
  if not counters[place] then counters[place] = tonumber(redis.call('HGET', key, place)) or 0 end
  return counters[place]
end

if not written or newest - written > subWindows then
  total, isStale = 0, true
  for place = 0, subWindows do counters[place] = 0 end
else
  for index = written + 1, newest do
    local place = math.fmod(index, subWindows + 1)
    total = total - counter(index)
    counters[place] = 0
    if index < newest then expired[#expired + 1] = place end
  end
end
local oldest = counters[leaving]
-- The estimate, rounded as the decision takes it, is what the window still covers of the oldest, and the newer ones.
local covered = math.floor((oldest * (subWindow - gone) - slack) / subWindow) + 1

--- wait
-- How much of its sub-window must be gone for the oldest counter to be held for at most `room`.
local function leastGone(weight, room)
  if room < 0 then return never end
  if weight <= room then return 0 end
  return subWindow - math.ceil((room * subWindow + slack) / weight) + 1
end
local function waitForRoom()
  local room = limit - cost - total
  for ahead = 0, subWindows do
    local weight = counter(newest + ahead + 1)
    room = room + weight
    local must = math.max(leastGone(weight, room), ahead == 0 and gone or 0)
    if must < subWindow then return ahead * subWindow + must - gone end
  end
  return (subWindows + 1) * subWindow - gone
end
if covered + total - oldest + cost > limit and cost > 0 then wait = cost > limit and never or waitForRoom() end

--- count
if isStale then redis.call('DEL', key) end
if #expired > 0 then redis.call('HDEL', key, unpack(expired)) end
total = total + cost
counters[current] = counters[current] + cost
if written == newest then
  redis.call('HSET', key, 'total', total, current, counters[current]) -- which lives on as long as it was told to
else
  redis.call('HSET', key, 'newest', newest, 'total', total, current, counters[current])
  redis.call('PEXPIRE', key, ttl((subWindows + 1) * subWindow - gone))
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
left = math.max(0, limit - covered - total + oldest)
