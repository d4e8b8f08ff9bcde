import { Stryker } from '@stryker-mutator/core';
import { MODULES } from './modules.js';

// npm run mutate -- MODULE...: makes small changes to each module, one by one, and lists changes that no test notices.

/** A test that takes longer than this factor times its usual time, plus TIMEOUT_MS, counts as endless. */
const TIMEOUT_FACTOR = 2;
const TIMEOUT_MS = 10_000;

/** Minimum share of the changes that tests must notice. */
const MIN_NOTICED_PERCENT = 80;

/** Statuses of changes that were not tried, or after which the code cannot be loaded. */
const INVALID = new Set(['CompileError', 'RuntimeError', 'Ignored']);

const names = process.argv.slice(2);
const unknown = names.filter(name => MODULES[name] === undefined);
if (names.length === 0 || unknown.length > 0) {
  process.stderr.write(`Name modules of tools/mutation/modules.js: ${Object.keys(MODULES).join(', ')}.\n`);
  process.exit(2);
}
for (const name of names) {
  const { files, tests } = MODULES[name];
  const results = await new Stryker(optionsOf(name, files, tests)).runMutationTest();
  const counted = results.filter(({ status }) => !INVALID.has(status));
  const noticed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  const score = (100 * noticed.length) / counted.length;
  process.stdout.write(
    `${name}: ${noticed.length} of ${counted.length} changes noticed, ${score.toFixed(1)} %\n`,
  );
  if (score < MIN_NOTICED_PERCENT) process.exitCode = 1;
}

/** Options of Stryker for one module. */
function optionsOf(name, files, tests) {
  return {
    mutate: files,
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    // Only the tests that reach a change are run on it.
    coverageAnalysis: 'perTest',
    jest: {
      configFile: 'jest.config.js',
      config: {
        testMatch: tests.map(test => `<rootDir>/tests/${test}.test.ts`),
        // Stryker does not know <rootDir> here.
        testEnvironment: './tests/support/environment.cjs',
        setupFilesAfterEnv: ['<rootDir>/tools/mutation/bail.cjs'],
      },
      enableFindRelatedTests: false,
    },
    // Tests on embedded services wait for the clock. With two at a time, some changes would count as endless.
    concurrency: 1,
    timeoutFactor: TIMEOUT_FACTOR,
    timeoutMS: TIMEOUT_MS,
    reporters: ['progress-append-only', 'clear-text', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    // Stryker's preprocessors need a compiler API that TypeScript 7 no longer has, and swc does not check types.
    tsconfigFile: 'none.json',
    disableTypeChecks: false,
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['/docs', '/samples', '/reports', '/cdk.out', '/dist', '/out', '/.copydesk'],
    fileLogLevel: 'off',
    logLevel: 'warn',
  };
}
