-- GCRA in its virtual scheduling form, the twin of gcra.ts.
-- Settings: perUnit, ticks a unit; perUs, ticks a µs; depth, how many ticks TAT may come to lie after now.
-- State: TAT in µs; where the rate does not divide the period, with the rest in ticks, as 'µs:ticks'.

--- open
local tat, rest = redis.call('GET', key), 0
if perUs > 1 then tat, rest = unpaired(tat) end
local ahead = math.max(((tonumber(tat) or 0) - now) * perUs + (rest or 0), 0) -- how many ticks TAT lies after now

--- wait
local need = cost * perUnit
local excess = ahead + need - depth
if excess > 0 and cost > 0 then wait = need > depth and never or math.ceil(excess / perUs) end

--- take
if cost > 0 then
  ahead = ahead + cost * perUnit
  local aheadUs = math.floor(ahead / perUs)
  local newTat = string.format('%.0f', now + aheadUs)
  if perUs > 1 then newTat = string.format('%s:%.0f', newTat, ahead - aheadUs * perUs) end
  redis.call('SET', key, newTat, 'PX', ttl(ahead / perUs))
end

--- remaining
left = math.max(0, math.floor((depth - ahead) / perUnit))
