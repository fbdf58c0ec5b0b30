'use strict';
const timed = require('./timed.js');

// Python's % by a positive number.
function mod(a, b) {
  const r = a % b;
  return r < 0 ? r + b : r;
}

function h(x) {
  return Math.floor(x / 3) + mod(x, 7);
}

function g(x) {
  return h(x) * 3 - Math.floor(h(x + 7) / 4);
}

function f(x) {
  return mod(g(x), 1009) + Math.floor(g(x + 1) / 16);
}

function levels(n) {
  let s = 0;
  for (let i = 0; i < n; i++) {
    s += f(i);
    s -= f(mod(s, 64));
  }
  return s;
}

timed.main('levels', levels, 1000000);
