/**
 * Imports the modules that are given as arguments, one after the other, in a process that has done nothing else, and
 * prints how long the first took and how long all of them: milliseconds that passed, and of CPU.
 */
const startCpu = process.cpuUsage();
const start = performance.now();

function since(): { ms: number; cpu: number } {
  const { user, system } = process.cpuUsage(startCpu);
  return { ms: performance.now() - start, cpu: (user + system) / 1_000 };
}

const [first, ...others] = process.argv.slice(2);
if (first === undefined) throw new Error('Say what to import.');
await import(first);
const alone = since();
for (const other of others) await import(other);
process.stdout.write(JSON.stringify({ alone, all: since() }));
// Clients keep sockets and timers.
process.exit(0);

export {};
