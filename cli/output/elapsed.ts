/** Between two lines where no terminal shows a counter, in milliseconds. */
const LINE_EVERY_MS = 15_000;

/** Shows on stderr that something whose end nobody knows goes on, and for how long it has. */
export function elapsed(label: string): { stop(): void } {
  const { stderr } = process;
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  const timer = setInterval(
    () => stderr.write(stderr.isTTY ? `\r${label}: ${seconds()} s` : `${label}: ${seconds()} s\n`),
    stderr.isTTY ? 1_000 : LINE_EVERY_MS,
  );
  return {
    stop() {
      clearInterval(timer);
      // Over what was written, so that the answer stands on a line of its own.
      if (stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}
