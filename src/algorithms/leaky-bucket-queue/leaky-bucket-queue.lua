-- Leaky bucket as a queue, the twin of leaky-bucket-queue.ts.
-- Settings: ticks a unit, ticks a µs, places in ticks, backlog in ticks that is not held back ('any' for all).
-- State: 'backlog in ticks:instant in µs at which it was that long'; forgotten when the queue has been served.
local settings = 4

local function open(key, now, at)
  local backlog, since = unpaired(redis.call('GET', key))
  local perUs = tonumber(ARGV[at + 1])
  return {
    key = key,
    perUnit = tonumber(ARGV[at]),
    perUs = perUs,
    places = tonumber(ARGV[at + 2]),
    undelayed = tonumber(ARGV[at + 3]) or math.huge,
    backlog = backlog and math.max(backlog - math.max(now - since, 0) * perUs, 0) or 0,
  }
end

local function wait(limiter, _, cost)
  local join = cost * limiter.perUnit
  local overflow = limiter.backlog + join - limiter.places
  if overflow <= 0 or cost == 0 then return 0 end
  return join > limiter.places and never or math.ceil(overflow / limiter.perUs)
end

local function take(limiter, now, cost)
  if cost == 0 then return 0 end
  local heldTicks = math.max(limiter.backlog - limiter.undelayed, 0)
  limiter.backlog = limiter.backlog + cost * limiter.perUnit
  redis.call('SET', limiter.key, pair(limiter.backlog, now), 'PX', ttl(limiter.backlog / limiter.perUs))
  return math.ceil(heldTicks / limiter.perUs)
end

local function refuse() end

local function remaining(limiter)
  return math.max(0, math.floor((limiter.places - limiter.backlog) / limiter.perUnit))
end
