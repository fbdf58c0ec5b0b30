'use strict';
const timed = require('./timed.js');

function mandelbrot(n) {
  let inside = 0;
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const cr = 3.0 * x / n - 2.0;
      const ci = 2.0 * y / n - 1.0;
      let zr = 0.0;
      let zi = 0.0;
      let i = 0;
      while (i < 50 && zr * zr + zi * zi < 4.0) {
        const t = zr * zr - zi * zi + cr;
        zi = 2.0 * zr * zi + ci;
        zr = t;
        i += 1;
      }
      if (i === 50) inside += 1;
    }
  }
  return inside;
}

timed.main('mandelbrot', mandelbrot, 500);
