-- More microseconds than any wait; the largest whole number that is exact in both languages.
local never = 9007199254740992
-- Whether time is the server's: then how much faster it passes than its clock.
local speed = ARGV[2] ~= '0' and tonumber(ARGV[2])

-- Milliseconds until the state may be forgotten: when it has had its effect, and not before the caller allows it.
local function ttl(us)
  local ms = math.ceil(us / 1000 / (speed or 1))
  return string.format('%.0f', math.max(ms, tonumber(ARGV[5]), 1))
end
