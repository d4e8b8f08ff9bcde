import { fileURLToPath } from 'node:url';
import base from '../../jest.config.js';

/** What needs a browser: `npm run test:browser`. */
/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  testMatch: ['<rootDir>/tests/browser/**/*.test.ts'],
  testTimeout: 120_000,
};
