'use strict';
const timed = require('./timed.js');

function area(a, b, depth) {
  const m = (a + b) * 0.5;
  if (depth === 0) return (m * m + 1.0) * (b - a);
  return area(a, m, depth - 1) + area(m, b, depth - 1);
}

timed.main('float_rec', n => Math.floor(area(0.0, 2.0, n) * 1e12), 21);
