-- All limits must pass, and nothing is taken unless all do: so the state of each is opened twice.
local longest = 0
for place = 1, #KEYS do
  local key, wait = KEYS[place], 0
  --[[settings]]
  --[[open]]
  --[[wait]]
  longest = math.max(longest, wait)
end

local mostHeld, leastLeft = 0, never
for place = 1, #KEYS do
  local key, held, left = KEYS[place], 0, 0
  --[[settings]]
  --[[open]]
  if longest > 0 then
    --[[refuse]]
  else
    --[[take]]
  end
  --[[remaining]]
  mostHeld, leastLeft = math.max(mostHeld, held), math.min(leastLeft, left)
end
local held, left = mostHeld, leastLeft
if longest > 0 then held = -longest end
