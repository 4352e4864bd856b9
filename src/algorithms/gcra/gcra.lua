-- GCRA in its virtual scheduling form, the twin of gcra.ts.
-- Settings: ticks a unit, ticks a µs, how many ticks TAT may come to lie after now.
-- State: TAT in µs; where the rate does not divide the period, with the rest in ticks, as 'µs:ticks'.
local settings = 3

local function open(key, now, at)
  local perUs = tonumber(ARGV[at + 1])
  local state = redis.call('GET', key)
  local tat, rest = tonumber(state) or 0, 0
  if perUs > 1 and state then tat, rest = unpaired(state) end
  return {
    key = key,
    perUnit = tonumber(ARGV[at]),
    perUs = perUs,
    depth = tonumber(ARGV[at + 2]),
    ahead = math.max((tat - now) * perUs + rest, 0),
  }
end

local function wait(limiter, _, cost)
  local need = cost * limiter.perUnit
  local excess = limiter.ahead + need - limiter.depth
  if excess <= 0 or cost == 0 then return 0 end
  return need > limiter.depth and never or math.ceil(excess / limiter.perUs)
end

local function take(limiter, now, cost)
  if cost == 0 then return 0 end
  limiter.ahead = limiter.ahead + cost * limiter.perUnit
  local aheadUs = math.floor(limiter.ahead / limiter.perUs)
  local tat = string.format('%.0f', now + aheadUs)
  if limiter.perUs > 1 then tat = pair(now + aheadUs, limiter.ahead - aheadUs * limiter.perUs) end
  redis.call('SET', limiter.key, tat, 'PX', ttl(limiter.ahead / limiter.perUs))
  return 0
end

local function refuse() end

local function remaining(limiter)
  return math.max(0, math.floor((limiter.depth - limiter.ahead) / limiter.perUnit))
end
