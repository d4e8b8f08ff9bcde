import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

// The embedded S3 keeps each object in files: most of what tests do there is cheaper in memory, where there is room.
const MEMORY = '/dev/shm';
const ROOM = 2 ** 30;
if (process.env.TMPDIR === undefined && freeBytes(MEMORY) >= ROOM) process.env.TMPDIR = MEMORY;

// As in `cli/copydesk.js`: the SDK would say at every start that its releases of 2027 need Node 22.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const transform = {
  '^.+\\.(ts|tsx|m?js)$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic', importSource: 'preact' } },
      },
    },
  ],
};

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/tests/support/environment.cjs',
  runtime: '<rootDir>/tests/support/runtime.cjs',
  testMatch: ['<rootDir>/tests/{unit,infra,pipeline}/**/*.test.{ts,tsx}'],
  transform,
  // They export to `import` only, which CommonJS does not resolve.
  moduleNameMapper: {
    '^fauxqs$': '<rootDir>/node_modules/fauxqs/dist/app.js',
    '^file-type$': '<rootDir>/node_modules/file-type/index.js',
    '^music-metadata$': '<rootDir>/node_modules/music-metadata/lib/index.js',
    '^unpdf/pdfjs$': '<rootDir>/node_modules/unpdf/dist/pdfjs.mjs',
  },
  // Ends a test that hangs. On a machine with other work, two minutes of CPU took seven of the clock.
  testTimeout: 600_000,
  testSequencer: '<rootDir>/tests/support/sequencer.cjs',
  // One more than there are cores: the tests on embedded services wait for them an eighth of their time.
  maxWorkers: availableParallelism() + 1,
  // A worker of 300 MB needs more than the 500 ms of jest to end beside other work. A timer or a server that a test leaves
  // behind keeps its worker for longer than this, and jest reports it.
  workerGracefulExitTimeout: 10_000,
};

/** Free space of a file system in bytes; 0 where there is none. */
function freeBytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
