local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local is_odd

local function is_even(n)
  if n == 0 then return true end
  return is_odd(n - 1)
end

function is_odd(n)
  if n == 0 then return false end
  return is_even(n - 1)
end

local function even_odd(n)
  local evens = 0
  for i = 0, n - 1 do
    if is_even(i % 500) then evens = evens + 1 end
  end
  return evens
end

timed.main("even_odd", even_odd, 100000)
