/** Passes events from a source to a handler. */
export interface EventSourceMapping {
  /** Resolves when no event waits and no handler runs. Also resolves when the mapping is stopped. */
  idle(): Promise<void>;
  /** Stops taking events. Resolves when no handler runs. */
  stop(): Promise<void>;
}
