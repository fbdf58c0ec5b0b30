local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local floor = math.floor

local function h(x)
  return floor(x / 2) + x % 5
end

local function g(x)
  return x * 3 - floor(x / 7)
end

local function f(x)
  return x % 1009 + 1
end

local function nested(n)
  local s = 0
  for i = 0, n - 1 do
    s = s + f(g(h(i)))
    s = s - h(f(g(i + 3))) % 16
  end
  return s
end

timed.main("nested", nested, 3000000)
