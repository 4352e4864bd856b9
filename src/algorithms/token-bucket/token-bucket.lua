-- Token bucket with continuous refill, the twin of token-bucket.ts.
-- Settings: ticks a unit, ticks a µs, burst, tokens in a new bucket, whether one token is enough for any cost (1 or 0).
-- State: 'ticks that the bucket lacks:instant in µs at which it lacked them'; forgotten when the bucket is full.
local settings = 5
local key, perUnit, perUs, burst, loose
local lacking -- ticks
local opens -- whether the first request of this bucket is to be remembered, even when it is refused

local function open(name, now, at)
  key, perUnit, perUs, burst = name, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  loose = ARGV[at + 4] == '1'
  local before, since = unpaired(redis.call('GET', key))
  opens = not before and ARGV[at + 3] ~= ARGV[at + 2]
  if before then
    lacking = math.max(before - math.max(now - since, 0) * perUs, 0)
  else
    lacking = (burst - ARGV[at + 3]) * perUnit
  end
end

local function wait(_, cost)
  local needed = (loose and cost > 1) and 1 or cost
  local excess = lacking + (needed - burst) * perUnit
  if excess <= 0 or cost == 0 then return 0 end
  return needed > burst and never or math.ceil(excess / perUs)
end

local function save(now)
  redis.call('SET', key, pair(lacking, now), 'PX', ttl(lacking / perUs))
end

local function take(now, cost)
  if cost == 0 then return 0 end
  lacking = lacking + cost * perUnit
  save(now)
  return 0
end

-- A new bucket starts to fill at its first request, even when that is refused.
local function refuse(now, cost)
  if opens and cost > 0 then save(now) end
end

local function remaining()
  return math.max(0, math.floor(burst - lacking / perUnit))
end
