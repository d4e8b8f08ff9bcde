/** Writes a line to standard output: a result, which scripts may read. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line to standard error: progress, a note or a problem. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
