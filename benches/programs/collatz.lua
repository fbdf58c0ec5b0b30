local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function collatz(limit)
  local best = 0
  for i = 1, limit - 1 do
    local n = i
    local steps = 0
    while n ~= 1 do
      if n % 2 == 0 then n = n / 2 else n = 3 * n + 1 end
      steps = steps + 1
    end
    if steps > best then best = steps end
  end
  return best
end

timed.main("collatz", collatz, 200000)
