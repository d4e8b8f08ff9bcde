import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArticle } from '../../../functions/ingest/parse.ts';

const CASES = path.join(__dirname, '../../fixtures/html');

// Each case is a folder: the page, what should come of it, and why it is there.
describe.each(readdirSync(CASES))('page %s', name => {
  const folder = path.join(CASES, name);
  const article = () =>
    parseArticle({
      bytes: readFileSync(path.join(folder, 'source.html')),
      key: `local/${name}.html`,
      contentType: 'text/html',
    });

  it('has the expected body', async () => {
    const expected = readFileSync(path.join(folder, 'expected.html'), 'utf8').replaceAll('>\n', '>');
    expect((await article()).bodyHtml).toBe(expected);
  });

  it('has the expected metadata', async () => {
    const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8'));
    expect(await article()).toMatchObject(expected);
  });

  it('says why it is there', () => {
    expect(readFileSync(path.join(folder, 'why.md'), 'utf8')).toMatch(/\w{3}/);
  });
});
