// As timed.py.
'use strict';

exports.main = (name, work, n) => {
  const args = process.argv.slice(2);
  if (args.length > 0) n = Number(args[0]);
  const rounds = args.length > 1 ? Number(args[1]) : 1;
  let result;
  for (let i = 0; i < rounds; i++) {
    const wall = process.hrtime.bigint();
    const cpu = process.cpuUsage();
    const again = work(n);
    const used = process.cpuUsage(cpu);
    const ms = Number(process.hrtime.bigint() - wall) / 1e6;
    if (args.length > 1) console.error(`round ${((used.user + used.system) / 1000).toFixed(3)} ${ms.toFixed(3)}`);
    if (i && again !== result) throw new Error(`${name}: round ${i} gave ${again}, not ${result}`);
    result = again;
  }
  console.log(`${name}(${n}) = ${result}`);
};
