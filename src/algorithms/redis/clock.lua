-- KEYS: the state of each limit on the request, all in one hash slot.
-- ARGV: 1 time in µs, 2 speed, 3 cost, 4 duration in µs, 5 milliseconds to keep state at least, then `settings` for each key.
--   With speed 0 the time is the request's own. Else it is the server's: microseconds since that time, times the speed;
--   time 0 at speed 1 is plain Unix time.
-- Answers held, remaining and, where it is the server's, now. held >= 0: admitted, and to be held back for so many µs;
-- held < 0: refused, and would conform in -held µs, or never for -2^53.
local now, cost = tonumber(ARGV[1]), tonumber(ARGV[3])
if speed then
  local time = redis.call('TIME')
  now = math.max(0, math.floor((time[1] * 1000000 + time[2] - now) * speed))
end
