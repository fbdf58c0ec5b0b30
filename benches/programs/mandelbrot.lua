local timed = dofile((arg[0]:match("^.*/") or "") .. "timed.lua")

local function mandelbrot(n)
  local inside = 0
  for y = 0, n - 1 do
    for x = 0, n - 1 do
      local cr = 3.0 * x / n - 2.0
      local ci = 2.0 * y / n - 1.0
      local zr, zi = 0.0, 0.0
      local i = 0
      while i < 50 and zr * zr + zi * zi < 4.0 do
        zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
        i = i + 1
      end
      if i == 50 then inside = inside + 1 end
    end
  end
  return inside
end

timed.main("mandelbrot", mandelbrot, 500)
