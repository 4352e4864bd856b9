-- Two whole numbers in one string, exactly.
local function pair(first, second)
  return string.format('%.0f:%.0f', first, second)
end
