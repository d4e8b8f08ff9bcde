interface Schedule {
  /** Resolves when no call is under way. */
  idle(): Promise<void>;
  /** Ends the schedule and waits for the call under way. */
  stop(): Promise<void>;
}

/** Calls `tick` every `everyMs`. A call is skipped while the last one is under way. */
export function startSchedule(
  tick: (() => Promise<unknown>) | undefined,
  everyMs: number,
  onError: (error: unknown) => void,
): Schedule {
  let running: Promise<unknown> | undefined;
  const run = () => {
    if (running || !tick) return;
    running = tick()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(run, everyMs);
  timer.unref();
  return {
    idle: async () => {
      await running;
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
