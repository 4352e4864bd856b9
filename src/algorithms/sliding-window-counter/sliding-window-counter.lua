-- Sliding window counter of two windows, the current and the previous one, the twin of sliding-window-counter.ts.
-- Settings: limit; period in µs; alignment, µs from the start of an aligned window to time 0; slack, units · µs by which what is
-- covered may exceed the room for it; countRejected, 1 where refused requests count, else 0.
-- State: a hash of the current window's index and the units in it and in the previous one; forgotten when both have left.

--- open
local aligned = now + alignment
local window = math.floor(aligned / period)
local gone = aligned - window * period -- µs of the current window
local state = redis.call('HMGET', key, 'window', 'current', 'previous')
local written, current, previous = tonumber(state[1]), tonumber(state[2]) or 0, tonumber(state[3]) or 0
if written ~= window then
  previous, current = written == window - 1 and current or 0, 0
end
-- The estimate, rounded as the decision takes it, is what the window still covers of the previous one, and the current.
local covered = math.floor((previous * (period - gone) - slack) / period) + 1

--- wait
if cost > limit then
  wait = never
elseif covered + current + cost > limit and cost > 0 then
  -- How much of the window after it must be gone for a counter to be held for at most `room`.
  local function leastGone(counter, room)
    if room < 0 then return never end
    if counter <= room then return 0 end
    return period - math.ceil((room * period + slack) / counter) + 1
  end
  local must = math.max(leastGone(previous, limit - cost - current), gone)
  if must >= period then must = period + math.min(leastGone(current, limit - cost), period) end
  wait = must - gone
end

--- count
current = current + cost
if written == window then
  redis.call('HINCRBY', key, 'current', ARGV[2])
else
  redis.call('HSET', key, 'window', window, 'current', current, 'previous', previous)
  redis.call('PEXPIRE', key, ttl(2 * period - gone))
end

--- take
if cost > 0 then
  --[[count]]
end

--- refuse
if countRejected == 1 and cost > 0 then
  --[[count]]
end

--- remaining
left = math.max(0, limit - covered - current)
