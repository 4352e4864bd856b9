-- What a decision is answered with where clients are told how they stand: held, remaining and now, then for each limit
-- its remaining and the µs until one unit more than that would pass. State is opened again, since a decision changes it.
local told = { held, left, now }
for i = 1, #KEYS do
  open(KEYS[i], now, 6 + (i - 1) * settings)
  told[2 + i * 2] = remaining()
  told[3 + i * 2] = wait(now, told[2 + i * 2] + 1)
end
return told
