import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArticle } from '../../../functions/ingest/parse.ts';

// A case is a folder: the source, what is expected of it, and why.md. No test run writes an expectation.
const FIXTURES = path.resolve('tests/fixtures');

/** Rules that are about the article as a whole, whatever format it came in. */
const CASES = ['headline', 'dek'].flatMap(family =>
  readdirSync(path.join(FIXTURES, family)).map(name => `${family}/${name}`),
);

test.each(CASES)('%s', async name => {
  const folder = path.join(FIXTURES, name);
  const source = readdirSync(folder).find(file => file.startsWith('source.')) ?? '';
  const article = await parseArticle({
    bytes: readFileSync(path.join(folder, source)),
    key: `desk/${source}`,
  });
  const { absent = [], ...expected } = JSON.parse(
    readFileSync(path.join(folder, 'expected.json'), 'utf8'),
  ) as {
    absent?: string[];
  };
  expect(article).toMatchObject(expected);
  for (const field of absent) expect(article).not.toHaveProperty(field);
  expect(readFileSync(path.join(folder, 'why.md'), 'utf8').trim()).not.toBe('');
});
