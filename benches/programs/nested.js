'use strict';
const timed = require('./timed.js');

function h(x) {
  return Math.floor(x / 2) + x % 5;
}

function g(x) {
  return x * 3 - Math.floor(x / 7);
}

function f(x) {
  return x % 1009 + 1;
}

function nested(n) {
  let s = 0;
  for (let i = 0; i < n; i++) {
    s += f(g(h(i)));
    s -= h(f(g(i + 3))) % 16;
  }
  return s;
}

timed.main('nested', nested, 3000000);
