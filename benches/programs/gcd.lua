local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function gcd(a, b)
  while b ~= 0 do
    a, b = b, a % b
  end
  return a
end

local function gcds(n)
  local s = 0
  for i = 1, n - 1 do
    for j = 1, i - 1 do
      s = s + gcd(i, j)
    end
  end
  return s
end

timed.main("gcd", gcds, 1500)
