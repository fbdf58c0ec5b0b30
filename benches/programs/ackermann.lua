local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function ack(m, n)
  if m == 0 then return n + 1 end
  if n == 0 then return ack(m - 1, 1) end
  return ack(m - 1, ack(m, n - 1))
end

timed.main("ackermann", function(n) return ack(3, n) end, 8)
