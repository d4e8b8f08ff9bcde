import { fileURLToPath } from 'node:url';
import base from '../../jest.config.js';

/** What needs Python: `npm run test:contract`. */
/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  testMatch: ['<rootDir>/tests/contract/**/*.test.ts'],
  globalSetup: '<rootDir>/tests/contract/start-moto.ts',
  globalTeardown: '<rootDir>/tests/contract/stop-moto.ts',
};
