-- Answers held and remaining and, where it is the server's, now; or remaining alone where nothing else is to be told,
-- which is most of the time. held >= 0: admitted, and to be held back for so many µs; held < 0: refused, and would conform
-- in -held µs, or never for -2^53.
if isServerTime then return { held, left, now } end
if held == 0 then return left end
return { held, left }
