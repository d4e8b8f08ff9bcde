import assert from 'node:assert/strict';
import type { Chapter } from '../chapter.ts';
import { headline, inFeed, lastLine, story, titlesIn } from '../stories.ts';
import { until } from '../until.ts';

/** A stack of the real template, and what a newsroom does first: files stories, corrects one, deletes one. */
export const firstStories: Chapter = async ({ steps, checkout, account }) => {
  // Later chapters compare the whole site, so nothing waits for further articles.
  await checkout.configure({ site: { title: 'The Harbour Post' }, feeds: { collectMinutes: 0 } });

  await steps.do('cdk bootstrap', () => checkout.cdk('bootstrap'));
  const { site, siteBucket, intakeBucket } = await steps.do(
    'cdk deploy: the real template, with CloudFront',
    async remark => {
      await checkout.deploy();
      const found = await account.deployed();
      remark(found.site);
      return found;
    },
  );
  const titles = () => titlesIn(account, siteBucket);

  await steps.do('copydesk put: a folder of stories', async remark => {
    // The space is written otherwise in the event of the upload.
    for (const name of ['world/ferry', 'world/harbour', 'science/tides', 'culture/storm at sea'])
      await checkout.write(`stories/${name}.txt`, story(name));
    remark(lastLine(await checkout.desk('put', 'stories', '--wait')));
  });

  await steps.do('the feed, read from the site bucket', async remark => {
    await until('four stories are in the feed', async () => (await titles()).length === 4);
    const [first] = (await account.feed(siteBucket)).items;
    assert.ok(first?.url.startsWith(site), `${first?.url} is an address of the site`);
    const keys = await account.keys(siteBucket);
    for (const key of ['index.html', 'feed.xml', 'atom.xml', 'world/index.html', 'world/feed.xml'])
      assert.ok(keys.includes(key), `${key} is there`);
    remark(`${keys.length} files`);
  });

  await steps.do('a correction: the same file with another headline', async () => {
    const before = (await account.feed(siteBucket)).items.find(
      ({ title }) => title === headline('world/ferry'),
    );
    const file = await checkout.write('stories/world/ferry.txt', story('world/ferry', 'as corrected'));
    await checkout.desk('put', file, '--prefix', 'world', '--wait');
    await inFeed(account, siteBucket, headline('world/ferry', 'as corrected'));
    const items = (await account.feed(siteBucket)).items;
    assert.equal(items.length, 4, 'it replaced what it corrects');
    const after = items.find(({ title }) => title === headline('world/ferry', 'as corrected'));
    assert.equal(after?.id, before?.id, 'a feed reader knows it as the same article');
  });

  await steps.do('a deletion: the story leaves the feed', async () => {
    await account.delete(intakeBucket, 'world/harbour.txt');
    await until('it is gone', async () => !(await titles()).includes(headline('world/harbour')));
    assert.equal((await titles()).length, 3, 'the others stay');
  });
};
