import { Stryker } from '@stryker-mutator/core';
import { MODULES } from './modules.js';

// npm run mutate -- MODULE...: changes each module in small ways, one by one, and says which changes no test notices.

/** A test that takes so many times as long as without the change, and this on top, in milliseconds, does not end. */
const TIMEOUT_FACTOR = 2;
const TIMEOUT_MS = 10_000;

/** Part of the changes that tests must notice, in per cent. */
const BAR = 80;

/** Changes after which the code cannot be loaded, and those that were not tried. */
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
  if (score < BAR) process.exitCode = 1;
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
        setupFilesAfterEnv: ['<rootDir>/tools/mutation/bail.cjs'],
      },
      enableFindRelatedTests: false,
    },
    // Tests on embedded services wait for the clock: two at a time would call some changes endless.
    concurrency: 1,
    timeoutFactor: TIMEOUT_FACTOR,
    timeoutMS: TIMEOUT_MS,
    reporters: ['progress-append-only', 'clear-text', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    // Its preprocessors need the API of a compiler that TypeScript 7 has no more, and swc checks no types.
    tsconfigFile: 'none.json',
    disableTypeChecks: false,
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['/docs', '/samples', '/reports', '/cdk.out', '/dist', '/out', '/.copydesk'],
    fileLogLevel: 'off',
    logLevel: 'warn',
  };
}
