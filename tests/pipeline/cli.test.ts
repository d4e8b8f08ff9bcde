import { readdir } from 'node:fs/promises';
import { story } from '../support/copy.ts';
import { useWorkplace } from '../support/workplace.ts';

const at = useWorkplace();

describe('parse', () => {
  test('prints one record in JSON a line, with the body as text, and stores nothing', async () => {
    await at.write({ 'world/a.md': story('Ferry sails'), 'b.txt': ' ' });
    const { code, stdout } = await at.run('parse', '--json', 'world/a.md', 'b.txt');
    expect(code).toBe(1);
    const [article, rejected] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(article).toMatchObject({
      headline: 'Ferry sails',
      headlineFrom: 'front-matter',
      section: 'world',
      status: 'live',
      revision: 1,
      language: 'en',
      bodyText: 'The ferry left the harbour at noon on its first trip.',
      source: { bucket: 'intake', key: 'world/a.md', format: 'markdown', charset: 'utf-8' },
    });
    expect(rejected).toMatchObject({ status: 'rejected', reason: { code: 'empty' } });
    expect((await readdir(at.dir)).sort()).toEqual(['b.txt', 'world']);
  });
});

test.each([
  [['bild'], /unknown command 'bild'/],
  [['build', 'nowhere', '--out', 'out'], /^copydesk: The folder nowhere does not exist\.\n$/],
  [['parse', 'nothing.txt'], /^copydesk: The file nothing\.txt does not exist\.\n$/],
  [['parse', 'a.txt', '--config', 'bad.json'], /^copydesk: The setting "site\.titel" does not exist\.\n$/],
  [['start', '--port', 'http'], /must be a number/],
])('%j is one sentence and exit code 2', async (args, sentence) => {
  await at.write({ 'bad.json': '{"site":{"titel":"x"}}', 'a.txt': 'Some words.' });
  const { code, stderr } = await at.runHere(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});
