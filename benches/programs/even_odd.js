'use strict';
const timed = require('./timed.js');

function isEven(n) {
  return n === 0 ? true : isOdd(n - 1);
}

function isOdd(n) {
  return n === 0 ? false : isEven(n - 1);
}

function evenOdd(n) {
  let evens = 0;
  for (let i = 0; i < n; i++) {
    if (isEven(i % 500)) evens += 1;
  }
  return evens;
}

timed.main('even_odd', evenOdd, 100000);
