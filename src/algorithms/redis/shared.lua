-- More microseconds than any wait; the largest whole number that is exact in both languages.
local never = 9007199254740992

-- How much faster than the server's clock time passes; 0 where requests carry their own.
local speed = tonumber(ARGV[2])

-- Milliseconds until the state may be forgotten: when it has had its effect, and not before the caller allows it.
local function ttl(us)
  local ms = math.ceil(us / 1000 / (speed > 0 and speed or 1))
  return string.format('%.0f', math.max(ms, tonumber(ARGV[5]), 1))
end

-- Two whole numbers in one string, exactly.
local function pair(first, second)
  return string.format('%.0f:%.0f', first, second)
end

-- Nothing for a name that holds nothing, whatever the server says for it.
local function unpaired(text)
  if type(text) ~= 'string' then return nil end
  local first, second = string.match(text, '^(%-?%d+):(%-?%d+)$')
  return tonumber(first), tonumber(second)
end
