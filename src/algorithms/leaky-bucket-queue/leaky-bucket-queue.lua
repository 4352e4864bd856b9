-- Leaky bucket as a queue, the twin of leaky-bucket-queue.ts.
-- Settings: perUnit, ticks a unit; perUs, ticks a µs; places, in ticks; undelayed, how many ticks of backlog are not held
-- back, never for all.
-- State: 'backlog in ticks:instant in µs at which it was that long'; forgotten when the queue has been served.

--- open
local before, since = unpaired(redis.call('GET', key))
local backlog = before and math.max(before - math.max(now - since, 0) * perUs, 0) or 0

--- wait
local join = cost * perUnit
local overflow = backlog + join - places
if overflow > 0 and cost > 0 then wait = join > places and never or math.ceil(overflow / perUs) end

--- take
if cost > 0 then
  if undelayed < never then held = math.ceil(math.max(backlog - undelayed, 0) / perUs) end
  backlog = backlog + cost * perUnit
  redis.call('SET', key, string.format('%.0f:%.0f', backlog, now), 'PX', ttl(backlog / perUs))
end

--- remaining
left = math.max(0, math.floor((places - backlog) / perUnit))
