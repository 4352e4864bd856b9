-- Leaky bucket as a meter, the twin of leaky-bucket.ts.
-- Settings: ticks a unit, ticks a µs, capacity in ticks.
-- State: 'level in ticks:instant in µs at which it was that high'; forgotten when the bucket has run empty.
local settings = 3
local key, perUnit, perUs, capacity
local level

local function open(name, now, at)
  key, perUnit, perUs, capacity = name, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local before, since = unpaired(redis.call('GET', key))
  level = before and math.max(before - math.max(now - since, 0) * perUs, 0) or 0
end

local function wait(_, cost)
  local pour = cost * perUnit
  local overflow = level + pour - capacity
  if overflow <= 0 or cost == 0 then return 0 end
  return pour > capacity and never or math.ceil(overflow / perUs)
end

local function take(now, cost)
  if cost == 0 then return 0 end
  level = level + cost * perUnit
  redis.call('SET', key, pair(level, now), 'PX', ttl(level / perUs))
  return 0
end

local function refuse() end

local function remaining()
  return math.max(0, math.floor((capacity - level) / perUnit))
end
