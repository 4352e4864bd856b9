-- Leaky bucket as a queue, the twin of leaky-bucket-queue.ts.
-- Settings: ticks a unit, ticks a µs, places in ticks, backlog in ticks that is not held back ('any' for all).
-- State: 'backlog in ticks:instant in µs at which it was that long'; forgotten when the queue has been served.
local settings = 4
local key, perUnit, perUs, places, undelayed
local backlog

local function open(name, now, at)
  key, perUnit, perUs, places = name, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  undelayed = tonumber(ARGV[at + 3]) or math.huge
  local before, since = unpaired(redis.call('GET', key))
  backlog = before and math.max(before - math.max(now - since, 0) * perUs, 0) or 0
end

local function wait(_, cost)
  local join = cost * perUnit
  local overflow = backlog + join - places
  if overflow <= 0 or cost == 0 then return 0 end
  return join > places and never or math.ceil(overflow / perUs)
end

local function take(now, cost)
  if cost == 0 then return 0 end
  local heldTicks = math.max(backlog - undelayed, 0)
  backlog = backlog + cost * perUnit
  redis.call('SET', key, pair(backlog, now), 'PX', ttl(backlog / perUs))
  return math.ceil(heldTicks / perUs)
end

local function refuse() end

local function remaining()
  return math.max(0, math.floor((places - backlog) / perUnit))
end
