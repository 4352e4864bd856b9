-- Token bucket whose whole limit is added at once, the twin of interval.ts.
-- Settings: limit, period in µs, burst, tokens in a new bucket, whether one token is enough for any cost (1 or 0).
-- State: 'tokens:instant in µs of the last refill'; forgotten a period after the bucket is full, and with it the phase.
local settings = 5

local function open(key, now, at)
  local tokens, refilledAt = unpaired(redis.call('GET', key))
  local limit, period, burst = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local isNew = tokens == nil
  if isNew then
    tokens, refilledAt = tonumber(ARGV[at + 3]), now
  elseif now - refilledAt >= period then
    local periods = math.floor((now - refilledAt) / period)
    tokens, refilledAt = math.min(burst, tokens + periods * limit), refilledAt + periods * period
  end
  return {
    key = key,
    limit = limit,
    period = period,
    burst = burst,
    loose = ARGV[at + 4] == '1',
    isNew = isNew,
    tokens = tokens,
    refilledAt = refilledAt,
  }
end

local function wait(limiter, now, cost)
  local needed = (limiter.loose and cost > 1) and 1 or cost
  local lacking = needed - limiter.tokens
  if lacking <= 0 or cost == 0 then return 0 end
  if needed > limiter.burst then return never end
  return math.ceil(lacking / limiter.limit) * limiter.period - (now - limiter.refilledAt)
end

local function save(limiter, now)
  local periods = math.ceil((limiter.burst - limiter.tokens) / math.max(limiter.limit, 1)) + 1
  local fullAt = limiter.refilledAt + periods * limiter.period
  redis.call('SET', limiter.key, pair(limiter.tokens, limiter.refilledAt), 'PX', ttl(fullAt - now))
end

local function take(limiter, now, cost)
  if cost == 0 then return 0 end
  limiter.tokens = limiter.tokens - cost
  save(limiter, now)
  return 0
end

-- The refill clock starts at the key's first request, even when that is refused.
local function refuse(limiter, now, cost)
  if limiter.isNew and cost > 0 then save(limiter, now) end
end

local function remaining(limiter)
  return math.max(0, limiter.tokens)
end
