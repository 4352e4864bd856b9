-- KEYS: the state of each limit on the request, all in one hash slot.
-- ARGV: 1 time in µs, 2 cost, 3 duration in µs; then, unless they are written into the script, the settings of each limit.
-- Written into the script: isServerTime, speed, keepMs. The time is the request's own; or else the server's: microseconds
--   since that time, times the speed. Time 0 at speed 1 is plain Unix time. State is kept for keepMs at least.
local never = 9007199254740992 -- more µs than any wait; the largest whole number that is exact in both languages
local now, cost = ARGV[1] + 0, ARGV[2] + 0 -- a number as by tonumber, without the call
if isServerTime then
  local time = redis.call('TIME')
  now = math.max(0, math.floor((time[1] * 1000000 + time[2] - now) * speed))
end

-- Milliseconds until the state may be forgotten: when it has had its effect, and not before the caller allows it.
local function ttl(us)
  return math.max(math.ceil(us / 1000 / speed), keepMs, 1)
end
