-- Token bucket with continuous refill, the twin of token-bucket.ts.
-- Settings: ticks a unit, ticks a µs, burst, tokens in a new bucket, whether one token is enough for any cost (1 or 0).
-- State: 'ticks that the bucket lacks:instant in µs at which it lacked them'; forgotten when the bucket is full.
local settings = 5

local function open(key, now, at)
  local lacking, since = unpaired(redis.call('GET', key))
  local perUnit, perUs = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local burst, initial = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local isNew = lacking == nil
  if isNew then lacking, since = (burst - initial) * perUnit, now end
  return {
    key = key,
    perUnit = perUnit,
    perUs = perUs,
    burst = burst,
    opens = isNew and initial < burst,
    loose = ARGV[at + 4] == '1',
    lacking = math.max(lacking - math.max(now - since, 0) * perUs, 0),
  }
end

local function wait(limiter, _, cost)
  local needed = (limiter.loose and cost > 1) and 1 or cost
  local excess = limiter.lacking + (needed - limiter.burst) * limiter.perUnit
  if excess <= 0 or cost == 0 then return 0 end
  return needed > limiter.burst and never or math.ceil(excess / limiter.perUs)
end

local function save(limiter, now)
  redis.call('SET', limiter.key, pair(limiter.lacking, now), 'PX', ttl(limiter.lacking / limiter.perUs))
end

local function take(limiter, now, cost)
  if cost == 0 then return 0 end
  limiter.lacking = limiter.lacking + cost * limiter.perUnit
  save(limiter, now)
  return 0
end

-- A new bucket starts to fill at its first request, even when that is refused.
local function refuse(limiter, now, cost)
  if limiter.opens and cost > 0 then save(limiter, now) end
end

local function remaining(limiter)
  return math.max(0, math.floor(limiter.burst - limiter.lacking / limiter.perUnit))
end
