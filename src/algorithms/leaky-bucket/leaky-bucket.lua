-- Leaky bucket as a meter, the twin of leaky-bucket.ts.
-- Settings: ticks a unit, ticks a µs, capacity in ticks.
-- State: 'level in ticks:instant in µs at which it was that high'; forgotten when the bucket has run empty.
local settings = 3

local function open(key, now, at)
  local level, since = unpaired(redis.call('GET', key))
  local perUs = tonumber(ARGV[at + 1])
  return {
    key = key,
    perUnit = tonumber(ARGV[at]),
    perUs = perUs,
    capacity = tonumber(ARGV[at + 2]),
    level = level and math.max(level - math.max(now - since, 0) * perUs, 0) or 0,
  }
end

local function wait(limiter, _, cost)
  local pour = cost * limiter.perUnit
  local overflow = limiter.level + pour - limiter.capacity
  if overflow <= 0 or cost == 0 then return 0 end
  return pour > limiter.capacity and never or math.ceil(overflow / limiter.perUs)
end

local function take(limiter, now, cost)
  if cost == 0 then return 0 end
  limiter.level = limiter.level + cost * limiter.perUnit
  redis.call('SET', limiter.key, pair(limiter.level, now), 'PX', ttl(limiter.level / limiter.perUs))
  return 0
end

local function refuse() end

local function remaining(limiter)
  return math.max(0, math.floor((limiter.capacity - limiter.level) / limiter.perUnit))
end
