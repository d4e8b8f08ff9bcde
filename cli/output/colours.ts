import { createColors } from 'picocolors';

/** Colours, only on a terminal. The library by itself would also colour the logs of a CI. */
export const colours = createColors(
  process.stdout.isTTY === true && process.stderr.isTTY === true && !process.env.NO_COLOR,
);
