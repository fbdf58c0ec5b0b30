local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local floor = math.floor

local function float_loop(n)
  local x = 0.5
  local s = 0.0
  local low = 1.0
  for i = 0, n - 1 do
    x = 3.7 * x * (1.0 - x)
    s = s + x / 2.0
    if x < low then low = x end
  end
  return floor(s * 1e6) + floor(low * 1e6)
end

timed.main("float_loop", float_loop, 10000000)
