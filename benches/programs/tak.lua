local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function tak(x, y, z)
  if y >= x then return z end
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end

timed.main("tak", function(n) return tak(3 * n, 2 * n, n) end, 8)
