-- Fixed window, the twin of fixed-window.ts.
-- Settings: limit, period in µs, µs from the start of an aligned window to time 0, or 'first' to start windows at the
-- first request; whether refused requests count (1 or 0).
-- State: a hash of the window's start and the units used in it; it expires with the window.
local settings = 4
local key, place, limit
local start -- of the window that is open, if one is
local used

local function open(name, now, at)
  key, place, limit = name, at, tonumber(ARGV[at])
  local state = redis.call('HMGET', key, 'start', 'used')
  start, used = tonumber(state[1]), 0
  if start and now < start + ARGV[at + 1] then
    used = tonumber(state[2])
  else
    start = nil
  end
end

local function startFor(now)
  if ARGV[place + 2] == 'first' then return now end
  return now - math.fmod(now + ARGV[place + 2], ARGV[place + 1])
end

local function wait(now, cost)
  if used + cost <= limit or cost == 0 then return 0 end
  if cost > limit then return never end
  return (start or startFor(now)) + ARGV[place + 1] - now
end

local function count(now, cost)
  used = used + cost
  if start then
    redis.call('HINCRBY', key, 'used', cost)
  else
    local first = startFor(now)
    redis.call('HSET', key, 'start', string.format('%.0f', first), 'used', cost)
    redis.call('PEXPIRE', key, ttl(first + ARGV[place + 1] - now))
  end
end

local function take(now, cost)
  if cost > 0 then count(now, cost) end
  return 0
end

local function refuse(now, cost)
  if ARGV[place + 3] == '1' and cost > 0 then count(now, cost) end
end

local function remaining()
  return math.max(0, limit - used)
end
