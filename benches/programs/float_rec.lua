local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function area(a, b, depth)
  local m = (a + b) * 0.5
  if depth == 0 then return (m * m + 1.0) * (b - a) end
  return area(a, m, depth - 1) + area(m, b, depth - 1)
end

timed.main("float_rec", function(n) return math.floor(area(0.0, 2.0, n) * 1e12) end, 21)
