'use strict';
const timed = require('./timed.js');

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

timed.main('fib', fib, 35);
