-- GCRA in its virtual scheduling form, the twin of gcra.ts.
-- Settings: ticks a unit, ticks a µs, how many ticks TAT may come to lie after now.
-- State: TAT in µs; where the rate does not divide the period, with the rest in ticks, as 'µs:ticks'.
local settings = 3
local key, perUnit, perUs, depth
local ahead -- how many ticks TAT lies after now

local function open(name, now, at)
  key, perUnit, perUs, depth = name, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local tat, rest = redis.call('GET', key), 0
  if perUs > 1 then tat, rest = unpaired(tat) end
  ahead = math.max(((tonumber(tat) or 0) - now) * perUs + (rest or 0), 0)
end

local function wait(_, cost)
  local need = cost * perUnit
  local excess = ahead + need - depth
  if excess <= 0 or cost == 0 then return 0 end
  return need > depth and never or math.ceil(excess / perUs)
end

local function take(now, cost)
  if cost == 0 then return 0 end
  ahead = ahead + cost * perUnit
  local aheadUs = math.floor(ahead / perUs)
  local tat = now + aheadUs
  tat = perUs > 1 and pair(tat, ahead - aheadUs * perUs) or string.format('%.0f', tat)
  redis.call('SET', key, tat, 'PX', ttl(ahead / perUs))
  return 0
end

local function refuse() end

local function remaining()
  return math.max(0, math.floor((depth - ahead) / perUnit))
end
