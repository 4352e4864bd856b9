if speed then return { held, left, now } end
return { held, left }
