-- All limits must pass, and nothing is taken unless all do. The algorithm keeps the limit that was opened last in locals,
-- which is faster than a table; so each is opened twice.
local longest = 0
for i = 1, #KEYS do
  open(KEYS[i], now, 6 + (i - 1) * settings)
  longest = math.max(longest, wait(now, cost))
end

local held, left = 0, never
for i = 1, #KEYS do
  open(KEYS[i], now, 6 + (i - 1) * settings)
  if longest > 0 then
    refuse(now, cost)
  else
    held = math.max(held, take(now, cost))
  end
  left = math.min(left, remaining())
end
if longest > 0 then held = -longest end
