import { createColors } from 'picocolors';

/** Colours on a terminal only: not in files and pipes, nor in a CI's log, which the library would colour. */
export const colours = createColors(
  process.stdout.isTTY === true && process.stderr.isTTY === true && !process.env.NO_COLOR,
);
