import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editionFolder } from '../../../functions/publish/model/edition-of.ts';
import { editionRenditions } from '../../../functions/publish/views/renditions.ts';
import { brokenFeedRules } from '../../support/feed-rules.ts';

const FIXTURES = join(__dirname, '../../fixtures/feeds');

describe.each(readdirSync(FIXTURES))('the edition "%s"', name => {
  const read = (file: string) => readFileSync(join(FIXTURES, name, file), 'utf8');
  const { of, entries, site } = JSON.parse(read('in.json'));
  const render = () =>
    new Map(
      editionRenditions({ of, entries }, site, { sections: ['city'] }).map(({ key, body }) => [key, body]),
    );

  test.each(['feed.xml', 'atom.xml', 'feed.json'])('makes %s byte for byte', file => {
    const expected = read(file);
    expect(render().get(editionFolder(of, site) + file)).toBe(expected);
    expect(brokenFeedRules(expected)).toEqual([]);
  });

  test('makes the same bytes at any other time', () => {
    const now = render();
    jest.useFakeTimers({ now: new Date('2031-05-06T07:08:09Z') });
    expect(render()).toEqual(now);
    jest.useRealTimers();
  });
});
