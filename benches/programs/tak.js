'use strict';
const timed = require('./timed.js');

function tak(x, y, z) {
  if (y >= x) return z;
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

timed.main('tak', n => tak(3 * n, 2 * n, n), 8);
