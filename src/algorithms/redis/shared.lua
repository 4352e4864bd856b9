-- More microseconds than any wait; the largest whole number that is exact in both languages.
local never = 9007199254740992

-- Milliseconds until the state may be forgotten: when it has had its effect, and not before the caller allows it.
local function ttl(us)
  return string.format('%.0f', math.max(math.ceil(us / 1000), tonumber(ARGV[5]), 1))
end

-- Two whole numbers in one string, exactly.
local function pair(first, second)
  return string.format('%.0f:%.0f', first, second)
end

local function unpaired(text)
  local first, second = string.match(text or '', '^(%-?%d+):(%-?%d+)$')
  return tonumber(first), tonumber(second)
end
