import { brokenLinks, crawl } from './crawl.ts';
import { openEmpty, opened, openPaper } from './sites.ts';

describe.each([
  ['a paper of many kinds of story', openPaper],
  ['a site without any article', openEmpty],
])('%s', (_, open) => {
  const crawled = opened(
    async () => {
      const site = await open();
      const { url } = site.newsstand;
      return { site, found: await crawl(url, [`${url}/`, `${url}/sitemap.xml`]) };
    },
    ({ site }) => site.newsstand.close(),
  );

  test('every link on the site leads somewhere', async () => {
    const { site, found } = await crawled();
    expect(brokenLinks(site.newsstand.url, found)).toEqual([]);
  });

  test('every page is found by following links, but those that are not there', async () => {
    const { site, found } = await crawled();
    const gone = ['withdrawn', 'not-found', 'empty-not-found'];
    const lost = [...site.pages].filter(
      ([name, url]) => !gone.includes(name) && !found.has(new URL(url).href),
    );
    expect(lost).toEqual([]);
  });

  test('nothing leads to what was withdrawn', async () => {
    const { site, found } = await crawled();
    expect(found.has(site.pages.get('withdrawn') ?? '')).toBe(false);
  });

  test('every feed of an edition is found, and is what it says', async () => {
    const { site, found } = await crawled();
    const types = new Map([...found.values()].map(({ url, type }) => [url, type]));
    const { url } = site.newsstand;
    expect(types.get(`${url}/feed.xml`)).toMatch(/^application\/(rss\+)?xml/);
    expect(types.get(`${url}/atom.xml`)).toMatch(/^application\/(atom\+)?xml/);
    expect(types.get(`${url}/feed.json`)).toMatch(/^application\/(feed\+)?json/);
    expect(types.get(`${url}/opml.xml`)).toMatch(/^text\/x-opml/);
  });
});
