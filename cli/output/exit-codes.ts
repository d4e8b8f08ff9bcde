/** What a command's exit code says; scripts rely on it. */
export const EXIT = {
  ok: 0,
  /** A file was rejected or failed, or a question was answered with no. */
  someFailed: 1,
  /** The command was used wrongly, or something it needs is not there. */
  usage: 2,
  /** Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;
