import { MODULES } from './modules.js';

const name = process.env.MUTATE ?? '';
const module = MODULES[name];
if (!module)
  throw new Error(`MUTATE=${name}: name one of ${Object.keys(MODULES).join(', ')}. See docs/mutation-testing.md.`);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: module.files,
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  jest: {
    configFile: 'jest.config.js',
    config: { testMatch: module.tests.map(test => `<rootDir>/tests/${test}.test.ts`) },
    enableFindRelatedTests: false,
  },
  // One at a time: tests on embedded services share the machine with whatever else runs on it.
  concurrency: Number(process.env.CONCURRENCY ?? 1),
  timeoutMS: 60_000,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  // It would rewrite the settings of a compiler that TypeScript 7 no longer has; swc checks no types.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['/docs', '/bench', '/samples', '/reports', '/cdk.out', '/dist', '/out', '/.copydesk'],
  thresholds: { high: 90, low: 80, break: 80 },
  allowEmpty: false,
};
