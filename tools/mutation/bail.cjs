// Skips the tests of a file after the first that fails: one is enough to notice a change, and jest has no option for it.
let failed = false;
globalThis[Symbol.for('EVENT_HANDLERS')].push(({ name, test }) => {
  if (name === 'test_done') failed ||= test.errors.length > 0;
  if (name === 'test_start' && failed) test.mode = 'skip';
});
