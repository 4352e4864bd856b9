-- Token bucket whose whole limit is added at once, the twin of interval.ts.
-- Settings: limit, period in µs, burst, tokens in a new bucket, whether one token is enough for any cost (1 or 0).
-- State: 'tokens:instant in µs of the last refill'; forgotten a period after the bucket is full, and with it the phase.
local settings = 5
local key, limit, period, burst, loose
local tokens, refilledAt, isNew

local function open(name, now, at)
  key, limit, period, burst = name, tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  loose = ARGV[at + 4] == '1'
  tokens, refilledAt = unpaired(redis.call('GET', key))
  isNew = not tokens
  if isNew then
    tokens, refilledAt = tonumber(ARGV[at + 3]), now
  elseif now - refilledAt >= period then
    local periods = math.floor((now - refilledAt) / period)
    tokens, refilledAt = math.min(burst, tokens + periods * limit), refilledAt + periods * period
  end
end

local function wait(now, cost)
  local needed = (loose and cost > 1) and 1 or cost
  local lacking = needed - tokens
  if lacking <= 0 or cost == 0 then return 0 end
  if needed > burst then return never end
  return math.ceil(lacking / limit) * period - (now - refilledAt)
end

local function save(now)
  local periods = math.ceil((burst - tokens) / math.max(limit, 1)) + 1
  redis.call('SET', key, pair(tokens, refilledAt), 'PX', ttl(refilledAt + periods * period - now))
end

local function take(now, cost)
  if cost == 0 then return 0 end
  tokens = tokens - cost
  save(now)
  return 0
end

-- The refill clock starts at the key's first request, even when that is refused.
local function refuse(now, cost)
  if isNew and cost > 0 then save(now) end
end

local function remaining()
  return math.max(0, tokens)
end
