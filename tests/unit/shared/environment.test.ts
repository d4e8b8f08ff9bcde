import { readdirSync, readFileSync } from 'node:fs';
import { ENV, INGEST_ENV, PUBLISH_ENV } from '../../../shared/stack/environment.ts';

/** The variables that the code of a function reads, by the names in `ENV`. */
const readBy = (folder: string): string[] => {
  const files = [
    'functions/environment.ts',
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .map(name => `${folder}/${name}`),
  ];
  const names = files.flatMap(file => [...readFileSync(file, 'utf8').matchAll(/\bENV\.(\w+)/g)]);
  return [...new Set(names.map(([, name]) => ENV[name as keyof typeof ENV]))].sort();
};

// Infra grants exactly these: tests/infra/laws/functions.ts.
test('ingest reads the variables that it is granted', () =>
  expect(readBy('functions/ingest')).toEqual([...INGEST_ENV].sort()));

test('publish reads the variables that it is granted', () =>
  expect(readBy('functions/publish')).toEqual([...PUBLISH_ENV].sort()));

test('no code of a function reads a variable that has no name in ENV', () => {
  const direct = readdirSync('functions', { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && name !== 'environment.ts')
    .filter(name => readFileSync(`functions/${name}`, 'utf8').includes('process.env'));
  expect(direct).toEqual([]);
});
