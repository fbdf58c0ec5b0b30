'use strict';
const timed = require('./timed.js');

function ack(m, n) {
  if (m === 0) return n + 1;
  if (n === 0) return ack(m - 1, 1);
  return ack(m - 1, ack(m, n - 1));
}

timed.main('ackermann', n => ack(3, n), 8);
