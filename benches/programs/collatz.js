'use strict';
const timed = require('./timed.js');

function collatz(limit) {
  let best = 0;
  for (let i = 1; i < limit; i++) {
    let n = i;
    let steps = 0;
    while (n !== 1) {
      n = n % 2 === 0 ? n / 2 : 3 * n + 1;
      steps += 1;
    }
    if (steps > best) best = steps;
  }
  return best;
}

timed.main('collatz', collatz, 200000);
