-- Fixed window that starts at a key's first request after the last one, the twin of fixed-window.ts.
-- Settings: limit; period in µs; countRejected, 1 where refused requests count, else 0.
-- State: a hash of the window's start and the units used in it; it expires with the window.

--- open
local state = redis.call('HMGET', key, 'start', 'used')
local start, used = tonumber(state[1]), tonumber(state[2])
local isOpen = start and now < start + period
if not isOpen then start, used = now, 0 end

--- wait
if used + cost > limit and cost > 0 then wait = cost > limit and never or start + period - now end

--- count
used = used + cost
if isOpen then
  redis.call('HINCRBY', key, 'used', ARGV[2])
else
  redis.call('HSET', key, 'start', start, 'used', used)
  redis.call('PEXPIRE', key, ttl(period))
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
left = math.max(0, limit - used)
