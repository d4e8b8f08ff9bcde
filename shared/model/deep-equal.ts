/**
 * Tells whether two values are deeply and strictly equal. It is the function of `node:util`. A static import of
 * `node:util` reads all its exports, so Node would load 15 more of its modules at start, such as those of workers.
 */
export const { isDeepStrictEqual } = process.getBuiltinModule('node:util');
