/** Memory at which a function has one full vCPU. Smaller functions have a proportional share. Source: AWS Lambda Developer Guide. */
export const FULL_VCPU_MB = 1_769;

/** Returns the time, in seconds, that a function with this memory needs for work of `cpuSeconds`. */
export function wallSeconds(cpuSeconds: number, memoryMb: number): number {
  return cpuSeconds / Math.min(1, memoryMb / FULL_VCPU_MB);
}
