-- What a decision is answered with where clients are told how they stand: held, remaining and now, then for each limit
-- its remaining and the µs until one unit more than that would pass. State is opened again, since a decision changes it.
local told = { held, left, now }
for place = 1, #KEYS do
  local key, wait, left = KEYS[place], 0, 0
  --[[settings]]
  --[[open]]
  --[[remaining]]
  local cost = left + 1
  --[[wait]]
  told[2 + place * 2], told[3 + place * 2] = left, wait
end
return told
