/** Memory at which a function has one whole processor, in MB. Below it has a share in proportion. Source: AWS Lambda Developer Guide. */
export const WHOLE_PROCESSOR_MB = 1_769;

/** How long work of so many seconds of CPU time takes in a function with so much memory, in seconds. */
export function wallSeconds(cpuSeconds: number, memoryMb: number): number {
  return cpuSeconds / Math.min(1, memoryMb / WHOLE_PROCESSOR_MB);
}
