-- Nothing for a name that holds nothing, whatever the server says for it.
local function unpaired(text)
  if type(text) ~= 'string' then return nil end
  local first, second = string.match(text, '^(%-?%d+):(%-?%d+)$')
  return tonumber(first), tonumber(second)
end
