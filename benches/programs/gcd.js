'use strict';
const timed = require('./timed.js');

function gcd(a, b) {
  while (b !== 0) {
    const t = a % b;
    a = b;
    b = t;
  }
  return a;
}

function gcds(n) {
  let s = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 1; j < i; j++) {
      s += gcd(i, j);
    }
  }
  return s;
}

timed.main('gcd', gcds, 1500);
