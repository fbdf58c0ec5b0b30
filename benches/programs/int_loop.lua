local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local floor = math.floor

local function int_loop(n)
  local x = 1
  local s = 0
  for i = 0, n - 1 do
    x = x * 16807 % 2147483647
    s = s + x % 7 - floor(x / 65536) % 5
    if x < 1000000 then s = s - i end
  end
  return s
end

timed.main("int_loop", int_loop, 5000000)
