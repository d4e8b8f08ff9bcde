/** Interval between two lines if stderr is not a terminal. */
const LINE_INTERVAL_MS = 15_000;

/** Shows on stderr the elapsed time of work whose end is not known. */
export function elapsed(label: string): { stop(): void } {
  const { stderr } = process;
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  const timer = setInterval(
    () => stderr.write(stderr.isTTY ? `\r${label}: ${seconds()} s` : `${label}: ${seconds()} s\n`),
    stderr.isTTY ? 1_000 : LINE_INTERVAL_MS,
  );
  return {
    stop() {
      clearInterval(timer);
      // The counter is erased, so that the answer starts on a new line.
      if (stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}
