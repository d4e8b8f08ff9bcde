import { mediaPath } from '../../shared/model/media-address.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { article, mediaFiles, page, picture, story } from '../support/illustrated.ts';
import { jpeg } from '../support/pictures.ts';
import { makeZip } from '../support/zip.ts';

/** What somebody who may write one folder can reach of the others. */

let desk: Desk;
afterEach(() => desk.close());

describe('a picture of a story that is not public', () => {
  const SECRET = 'board/dam.jpg';
  beforeEach(async () => {
    desk = await startDesk({ database: 'memory' });
    desk.now = '2026-11-29T08:00:00Z';
    await desk.put('board/dam.md', story('embargo: 2026-12-24 06:00\n', '![The dam](dam.jpg)'));
    await desk.put(SECRET, jpeg());
    await desk.settle();
  });

  test('cannot be published from another folder, and its own story still publishes it', async () => {
    for (const [name, address] of [
      ['a', '../board/dam.jpg'],
      ['b', '/board/dam.jpg'],
      ['c', '%2Fboard%2Fdam.jpg'],
    ])
      await desk.put(`world/${name}.md`, story('', `![x](${address}) by ${name}`));
    await desk.put('world/d.md', story(`image: ${'/'}${SECRET}\n`, 'As a lead picture.'));
    await desk.put('world/e.md', story('', `![x](../${mediaPath(SECRET)}) by its public address`));
    await desk.settle();
    expect(await mediaFiles(desk)).toEqual([]);
    for (const name of 'abcd') {
      const key = `world/${name}.md`;
      expect((await article(desk, key)).warnings.join()).toContain(`“${SECRET}” was left out`);
      expect(await page(desk, key)).not.toContain(mediaPath(SECRET));
    }
    desk.now = '2026-12-24T06:00:00Z';
    await desk.publish({ copydesk: 'tick' });
    await desk.publishAll();
    expect(await mediaFiles(desk)).toEqual([mediaPath(SECRET)]);
  });

  test('of a shared folder is public once any live story shows it, and not before', async () => {
    const key = 'images/crane.jpg';
    await desk.put(key, jpeg());
    await desk.settle();
    expect(await picture(desk, key)).toBeUndefined();
    await desk.put('world/quay.md', story('', '![The crane](../images/crane.jpg)'));
    await desk.settle();
    expect(await picture(desk, key)).toBeDefined();
    expect((await article(desk, 'world/quay.md')).warnings).toEqual([]);
    await desk.remove('world/quay.md');
    await desk.settle();
    expect(await picture(desk, key)).toBeUndefined();
  });
});

describe('the section of a story', () => {
  const theft = (lines: string) =>
    `---\ntitle: Our company is the best\n${lines}---\n\nWords enough for a story of two sentences. They praise the company.\n`;

  test('is decided by its folder alone where the setting says so', async () => {
    desk = await startDesk({ settings: { articles: { sectionFrom: 'folder' } }, database: 'memory' });
    await desk.put('business/deal.md', story('tags: [ships]\n', 'It was signed.'));
    await desk.put('world/ad.md', theft('section: Business\npinned: true\ntags: [ships]\n'));
    await desk.put(
      'world/other.txt',
      'A second story of the world desk\n\nIt has two sentences. They are short.\n',
      {
        section: 'business',
      },
    );
    await desk.settle();
    expect((await desk.feed('business/feed.json')).map(({ title }) => title)).toEqual(['Ferry sails']);
    expect((await desk.feed('world/feed.json')).map(({ title }) => title).sort()).toEqual([
      'A second story of the world desk',
      'Our company is the best',
    ]);
    const { section, pinned, warnings } = await article(desk, 'world/ad.md');
    expect({ section, pinned }).toEqual({ section: 'world', pinned: 'section' });
    expect(warnings).toEqual([
      'The section “Business” was ignored: the folder decides that the section is “world” (setting articles.sectionFrom).',
      'The story is pinned to the page of “world” only: the folder decides on its section (setting articles.sectionFrom).',
    ]);
    const pins = async (state: string) =>
      (
        JSON.parse(
          Buffer.from((await desk.storage.get(`editions/${state}.json`))?.bytes ?? []).toString(),
        ) as {
          pins: { headline: string }[];
        }
      ).pins.map(({ headline }) => headline);
    expect(await pins('all')).toEqual([]);
    expect(await pins('tags/ships')).toEqual([]);
    expect(await pins('sections/world')).toEqual(['Our company is the best']);
  });

  test('of a file in an archive is decided by the folder of the archive', async () => {
    desk = await startDesk({ settings: { articles: { sectionFrom: 'folder' } }, database: 'memory' });
    const content = `${theft('section: business\n')}\n![x](/board/dam.jpg) ![y](../../../board/dam.jpg) ![z](own.jpg)\n`;
    await desk.put('world/day.zip', makeZip([{ name: 'business/ad.md', content }]));
    await desk.settle();
    const { section, media, warnings } = await article(desk, 'world/day.zip/business/ad.md');
    expect(section).toBe('world');
    expect(media?.map(({ key }) => key)).toEqual(['world/day.zip/business/own.jpg']);
    expect(warnings.join()).toContain('“board/dam.jpg” was left out');
  });

  test('is decided by its file by default, which may pin it to the front page', async () => {
    desk = await startDesk({ database: 'memory' });
    await desk.put('world/ad.md', theft('section: Business\npinned: true\n'));
    await desk.settle();
    expect(await article(desk, 'world/ad.md')).toMatchObject({
      section: 'Business',
      pinned: true,
      warnings: [],
    });
  });

  test.each([
    ['a file in no folder', 'ad.md', 'news'],
    ['a file that names its own folder in another spelling', 'World Affairs/ad.md', 'World Affairs'],
    ['a file deep in a folder', 'world/2026/11/ad.md', 'world'],
  ])('%s needs no warning', async (_, key, section) => {
    desk = await startDesk({ settings: { articles: { sectionFrom: 'folder' } }, database: 'memory' });
    await desk.put(key, theft(key.startsWith('World') ? 'section: world-affairs\n' : ''));
    await desk.settle();
    expect(await article(desk, key)).toMatchObject({ section, warnings: [] });
  });
});
