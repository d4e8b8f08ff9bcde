import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/** One bad thing never takes its neighbours along. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

async function headlines(): Promise<string[]> {
  return (await desk.feed()).map(({ title }) => title).sort();
}

test.each(['date', 'modified', 'embargo', 'expires'])(
  'a %s beyond the year 9999 is stored as what can be',
  async field => {
    await desk.put(
      'world/a.md',
      `---\ntitle: Far\n${field}: 9999-12-31T23:59:59-05:00\n---\n\nA text about the far future.\n`,
    );
    await desk.put('world/b.md', story('Near'), { mtime: '253402300800' });
    await desk.settle();
    expect(await desk.record('world/a.md')).toMatchObject({
      status: field === 'embargo' ? 'held' : 'live',
    });
    expect(await headlines()).toContain('Near');
  },
);

describe('a record that an edit by hand has broken', () => {
  beforeEach(async () => {
    await desk.put('world/a.md', story('Broken', 'The first text is about a broken record.'));
    await desk.put('world/b.md', story('Whole', 'The second text is about something else.'));
    await desk.settle();
    const record = await desk.record('world/a.md');
    await desk.edit(record?.id ?? '', { embargoUntil: 'next week' });
  });

  test('stays as it was on the site, and is logged; others are published', async () => {
    await desk.put('world/c.md', story('Third', 'And a third one came in at the same time.'));
    await desk.settle();
    expect(await headlines()).toEqual(['Broken', 'Third', 'Whole']);
    expect(desk.log).toContainEqual(expect.objectContaining({ event: 'record.failed', code: 'bad-record' }));
    await desk.publish({ copydesk: 'rebuild' });
    await desk.publish({ copydesk: 'tick' });
    expect(await headlines()).toEqual(['Broken', 'Third', 'Whole']);
  });

  test('is replaced by the next upload, under its old address', async () => {
    const [before] = (await desk.feed()).filter(({ title }) => title === 'Broken');
    await desk.put('world/a.md', story('Mended', 'The first text is whole again.'));
    await desk.settle();
    const [after] = (await desk.feed()).filter(({ title }) => title === 'Mended');
    expect(after).toMatchObject({ id: before?.id, url: before?.url });
  });

  test('is removed by the deletion of its file', async () => {
    await desk.remove('world/a.md');
    await desk.settle();
    expect(await headlines()).toEqual(['Whole']);
  });
});

test('one article that cannot be released does not hold up the others', async () => {
  const until = new Date(Date.parse(desk.now) + 60_000).toISOString();
  for (const name of ['a', 'b'])
    await desk.put(
      `world/${name}.md`,
      `---\ntitle: Story ${name}\nembargo: ${until}\n---\n\nThis is the text of story ${name}.\n`,
    );
  await desk.settle();
  const record = await desk.record('world/a.md');
  await desk.edit(record?.id ?? '', { wordCount: -1 });
  desk.now = until;
  await desk.publish({ copydesk: 'tick' });
  await desk.publishAll();
  expect(await headlines()).toEqual(['Story b']);
});

test('a headline of any length is cut with a warning, and never fails the table', async () => {
  await desk.put('world/a.md', `# ${'long '.repeat(60_000)}\n\n${'Words of the body. '.repeat(8_000)}\n`);
  await desk.settle();
  const record = await desk.record('world/a.md');
  expect(record).toMatchObject({ status: 'live' });
  expect(record && 'headline' in record ? record.headline.length : 0).toBeLessThanOrEqual(300);
});

test('sections in scripts with letters of their own have folders in these letters', async () => {
  for (const [index, section] of ['国际', '体育', 'กีฬา'].entries())
    await desk.put(`${section}/a.md`, story(`Story ${index}`, `This is the text of story number ${index}.`));
  await desk.settle();
  const feeds = [...(await desk.files()).keys()].filter(key => /^[^a-z]+\/feed\.xml$/.test(key));
  expect(feeds.sort()).toEqual(['体育/feed.xml', '国际/feed.xml', 'กีฬา/feed.xml'].sort());
  const files = await desk.files();
  // Addresses are ASCII in feeds and in the sitemap.
  const addresses = `${files.get('opml.xml')}${files.get('体育/feed.xml')}`;
  expect(addresses).toContain(`/${encodeURIComponent('体育')}/feed.xml`);
  expect(addresses).not.toMatch(/(?:xmlUrl|htmlUrl|href)="[^"]*[^!-~"][^"]*"/);
});

test('an edition keeps the name it was first given', async () => {
  await desk.put('World/a.md', story('One', 'The first text in the section.'));
  await desk.settle();
  await desk.put('WORLD/b.md', story('Two', 'The second text in the section.'));
  await desk.settle();
  const feed = (await desk.files()).get('world/feed.xml');
  expect(feed).toContain(': World<');
  expect(feed).not.toContain(': WORLD<');
});
