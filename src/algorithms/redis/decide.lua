-- Decides one request under all limits on it: all must pass, and nothing is taken unless all do.
-- KEYS: the state of each limit, all in one hash slot.
-- ARGV: 1 time in µs, 2 speed, 3 cost, 4 duration in µs, 5 milliseconds to keep state at least, then `settings` for each key.
--   With speed 0 the time is the request's own. Else it is the server's: microseconds since that time, times the speed;
--   time 0 at speed 1 is plain Unix time.
-- Answers held, remaining, now. held >= 0: admitted, and to be held back for so many µs; held < 0: refused, and would
-- conform in -held µs, or never for -2^53.
local now = tonumber(ARGV[1])
local cost, duration = tonumber(ARGV[3]), tonumber(ARGV[4])
if speed > 0 then
  local time = redis.call('TIME')
  now = math.max(0, math.floor((tonumber(time[1]) * 1000000 + tonumber(time[2]) - now) * speed))
end

local limiters, longest = {}, 0
for i, key in ipairs(KEYS) do
  local limiter = open(key, now, 6 + (i - 1) * settings)
  limiters[i] = limiter
  longest = math.max(longest, wait(limiter, now, cost))
end

local held, left = 0, never
for _, limiter in ipairs(limiters) do
  if longest > 0 then
    refuse(limiter, now, cost)
  else
    held = math.max(held, take(limiter, now, cost, duration))
  end
  left = math.min(left, remaining(limiter, now))
end
if longest > 0 then held = -longest end
return { held, left, now }
