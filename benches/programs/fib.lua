local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

timed.main("fib", fib, 35)
