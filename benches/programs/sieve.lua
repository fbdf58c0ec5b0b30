local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function sieve(n)
  local prime = {}
  for i = 0, n - 1 do prime[i] = true end
  local i = 2
  while i * i < n do
    if prime[i] then
      for j = i * i, n - 1, i do prime[j] = false end
    end
    i = i + 1
  end
  local s = 0
  for k = 2, n - 1 do
    if prime[k] then s = s + k end
  end
  return s
end

timed.main("sieve", sieve, 3000000)
