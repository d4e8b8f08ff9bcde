/** Something that passes events to a handler. */
export interface EventSourceMapping {
  /** Resolves when nothing is queued, being gathered or being handled; also when the mapping is stopped. */
  idle(): Promise<void>;
  /** Takes nothing new; resolves when the handler is at rest. */
  stop(): Promise<void>;
}
