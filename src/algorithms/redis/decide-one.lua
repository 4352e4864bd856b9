local key = KEYS[1]
local held, left = 0, 0
--[[settings]]
--[[alone]]
