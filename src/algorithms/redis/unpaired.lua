-- The two whole numbers of 'first:second'. Nothing for a name that holds nothing, whatever the server says for it.
local function unpaired(text)
  if type(text) ~= 'string' then return nil end
  local first, second = string.match(text, '(.+):(.+)')
  return tonumber(first), tonumber(second)
end
