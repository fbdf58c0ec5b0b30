'use strict';
const timed = require('./timed.js');

function intLoop(n) {
  let x = 1;
  let s = 0;
  for (let i = 0; i < n; i++) {
    x = x * 16807 % 2147483647;
    s += x % 7 - Math.floor(x / 65536) % 5;
    if (x < 1000000) s -= i;
  }
  return s;
}

timed.main('int_loop', intLoop, 5000000);
