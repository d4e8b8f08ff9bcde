import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FILES = ['functions', 'shared'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => path.join(folder, name)),
);

// A catch that takes everything once called our own fault "not valid YAML", and drafts went live.
test('every catch clause looks at what it caught', () => {
  // The script of the search is written by a bundler. Its source is in browser/.
  const blind = FILES.filter(
    file => !/(?:search|desk)-script.ts$/.test(file) && /\bcatch\s*\{/.test(readFileSync(file, 'utf8')),
  );
  expect(blind).toEqual([]);
});
