open(KEYS[1], now, 6)
local held = -wait(now, cost)
if held < 0 then refuse(now, cost) else held = take(now, cost) end
local left = remaining()
