local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local floor = math.floor

local function h(x)
  return floor(x / 3) + x % 7
end

local function g(x)
  return h(x) * 3 - floor(h(x + 7) / 4)
end

local function f(x)
  return g(x) % 1009 + floor(g(x + 1) / 16)
end

local function levels(n)
  local s = 0
  for i = 0, n - 1 do
    s = s + f(i)
    s = s - f(s % 64)
  end
  return s
end

timed.main("levels", levels, 1000000)
