'use strict';
const timed = require('./timed.js');

function floatLoop(n) {
  let x = 0.5;
  let s = 0.0;
  let low = 1.0;
  for (let i = 0; i < n; i++) {
    x = 3.7 * x * (1.0 - x);
    s += x / 2.0;
    if (x < low) low = x;
  }
  return Math.floor(s * 1e6) + Math.floor(low * 1e6);
}

timed.main('float_loop', floatLoop, 10000000);
