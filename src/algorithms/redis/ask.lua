local wait = 0
--[[open]]
--[[wait]]
if wait > 0 then
  held = -wait
  --[[refuse]]
else
  --[[take]]
end
--[[remaining]]
