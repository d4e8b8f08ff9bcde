/** Turns the first SIGINT (Ctrl-C) or SIGTERM into an abort signal. A second one ends the process at once. */
export function onInterruption(): { signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return {
    signal: controller.signal,
    done: () => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
    },
  };
}
