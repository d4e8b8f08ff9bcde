/**
 * Runs work and returns the CPU time that it took, in milliseconds. The time of day depends on what else the machine
 * does, so a limit on it fails beside other work.
 */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
