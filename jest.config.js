// Packages that ship ES modules only: jest runs CommonJS, so these are compiled like our own code.
const esmOnly = [
  '@scure/base',
  '@sindresorhus/(slugify|transliterate)',
  '@rowanmanning/feed-parser',
  'chokidar',
  'readdirp',
  'entities',
  'escape-string-regexp',
  'feedsmith',
  'p-map',
  'parse5',
  'parse5-htmlparser2-tree-adapter',
  'uuid',
];

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
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/{unit,infra,pipeline}/**/*.test.{ts,tsx}'],
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testTimeout: 30_000,
};
