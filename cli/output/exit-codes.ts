/** Exit codes of the commands. Scripts rely on them. */
export const EXIT = {
  ok: 0,
  /** A file was rejected or failed, or a question was answered with no. */
  someFailed: 1,
  /** The command was used wrongly, or something that it needs is missing. */
  usage: 2,
  /** Ctrl-C: the value that shells use. */
  interrupted: 130,
} as const;
