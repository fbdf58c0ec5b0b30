'use strict';
const timed = require('./timed.js');

function sieve(n) {
  const prime = new Array(n).fill(true);
  let i = 2;
  while (i * i < n) {
    if (prime[i]) {
      for (let j = i * i; j < n; j += i) prime[j] = false;
    }
    i += 1;
  }
  let s = 0;
  for (let k = 2; k < n; k++) {
    if (prime[k]) s += k;
  }
  return s;
}

timed.main('sieve', sieve, 3000000);
