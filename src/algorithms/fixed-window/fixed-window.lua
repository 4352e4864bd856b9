-- Fixed window, the twin of fixed-window.ts.
-- Settings: limit, period in µs, µs from the start of an aligned window to time 0, or 'first' to start windows at the
-- first request; whether refused requests count (1 or 0).
-- State: a hash of the window's start and the units used in it; it expires with the window.
local settings = 4

local function open(key, now, at)
  local state = redis.call('HMGET', key, 'start', 'used')
  local start, period = tonumber(state[1]), tonumber(ARGV[at + 1])
  local isOpen = start and now < start + period
  return {
    key = key,
    limit = tonumber(ARGV[at]),
    period = period,
    alignment = tonumber(ARGV[at + 2]),
    countRejected = ARGV[at + 3] == '1',
    start = isOpen and start,
    used = isOpen and tonumber(state[2]) or 0,
  }
end

local function startFor(limiter, now)
  if not limiter.alignment then return now end
  return now - math.fmod(now + limiter.alignment, limiter.period)
end

local function wait(limiter, now, cost)
  if limiter.used + cost <= limiter.limit or cost == 0 then return 0 end
  if cost > limiter.limit then return never end
  return (limiter.start or startFor(limiter, now)) + limiter.period - now
end

local function count(limiter, now, cost)
  limiter.used = limiter.used + cost
  if limiter.start then
    redis.call('HINCRBY', limiter.key, 'used', cost)
  else
    limiter.start = startFor(limiter, now)
    redis.call('HSET', limiter.key, 'start', string.format('%.0f', limiter.start), 'used', cost)
    redis.call('PEXPIRE', limiter.key, ttl(limiter.start + limiter.period - now))
  end
end

local function take(limiter, now, cost)
  if cost > 0 then count(limiter, now, cost) end
  return 0
end

local function refuse(limiter, now, cost)
  if limiter.countRejected and cost > 0 then count(limiter, now, cost) end
end

local function remaining(limiter)
  return math.max(0, limiter.limit - limiter.used)
end
