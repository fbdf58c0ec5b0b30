-- As timed.py. There is no finer clock than the processor's: it stands for both.
local timed = {}

function timed.main(name, work, n)
  n = tonumber(arg[1]) or n
  local rounds = tonumber(arg[2]) or 1
  local result
  for i = 1, rounds do
    local began = os.clock()
    local again = work(n)
    local ms = (os.clock() - began) * 1000
    if arg[2] then io.stderr:write(string.format("round %.3f %.3f\n", ms, ms)) end
    if i > 1 and again ~= result then error(name .. ": rounds differ") end
    result = again
  end
  print(string.format("%s(%d) = %d", name, n, result))
end

return timed
