import { mediaPath } from '../../shared/model/media-address.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { article, expectShown, mediaFiles, page, story, TEXT } from '../support/illustrated.ts';
import { jpeg } from '../support/pictures.ts';

/** Pictures whose events overlap, are lost or come again. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

describe('races', () => {
  test('a picture that arrives between the story’s look at it and the story’s writing is not missed', async () => {
    const filed = await desk.put('world/ferry.md', story());
    const arrival = await desk.put('world/ferry.jpg', jpeg());
    desk.events.splice(0);
    const replace = desk.articles.replace.bind(desk.articles);
    jest.spyOn(desk.articles, 'replace').mockImplementationOnce(async (current, next) => {
      expect(await desk.deliver(arrival)).toEqual([]);
      return replace(current, next);
    });
    expect(await desk.deliver(filed)).toEqual([]);
    await desk.publishAll();
    await expectShown(desk);
  });

  test('nor is one that goes then', async () => {
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const filed = await desk.put('world/ferry.md', story());
    const removal = await desk.remove('world/ferry.jpg');
    desk.events.splice(0);
    const replace = desk.articles.replace.bind(desk.articles);
    jest.spyOn(desk.articles, 'replace').mockImplementationOnce(async (current, next) => {
      expect(await desk.deliver(removal)).toEqual([]);
      return replace(current, next);
    });
    expect(await desk.deliver(filed)).toEqual([]);
    await desk.publishAll();
    expect(await page(desk, 'world/ferry.md')).not.toContain('<img');
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('an older upload that is slow takes no newer picture from the story', async () => {
    await desk.put('world/trip.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const without = await desk.put('world/trip.md', story('', 'No picture any more.'));
    const again = await desk.put('world/trip.md', story());
    desk.events.splice(0);
    const forget = desk.articles.media.forget.bind(desk.articles.media);
    jest.spyOn(desk.articles.media, 'forget').mockImplementationOnce(async (...given) => {
      expect(await desk.deliver(again)).toEqual([]);
      return forget(...given);
    });
    expect(await desk.deliver(without)).toEqual([]);
    await desk.publishAll();
    expect(await mediaFiles(desk)).toHaveLength(1);
    await desk.put('world/ferry.jpg', jpeg({ width: 80 }));
    await desk.settle();
    expect(await page(desk, 'world/trip.md')).toContain('width="80"');
  });

  test('a publisher that takes a picture away while another story begins to show it puts it back', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await desk.remove('world/ferry.md');
    const remove = desk.site.delete.bind(desk.site);
    let done = false;
    jest.spyOn(desk.site, 'delete').mockImplementation(async key => {
      if (key.startsWith('media/') && !done) {
        done = true;
        await desk.put('world/b.md', story('', 'A regatta. ![Boats](/world/ferry.jpg)'));
        await desk.settle();
      }
      return remove(key);
    });
    await desk.settle();
    expect(done).toBe(true);
    expect(await mediaFiles(desk)).toHaveLength(1);
  });

  test('an editor’s kill while a picture arrives stays', async () => {
    await desk.put('world/ferry.md', story());
    await desk.settle();
    const { id } = await article(desk, 'world/ferry.md');
    const arrival = await desk.put('world/ferry.jpg', jpeg());
    desk.events.splice(0);
    const replace = desk.articles.replace.bind(desk.articles);
    jest.spyOn(desk.articles, 'replace').mockImplementation(async (current, next) => {
      if (next.id === id && (await desk.articles.get(id))?.status === 'live')
        await desk.edit(id, { status: 'withdrawn' });
      return replace(current, next);
    });
    expect(await desk.deliver(arrival)).toEqual([]);
    await desk.publishAll();
    expect(await article(desk, 'world/ferry.md')).toMatchObject({ status: 'withdrawn' });
    expect(await mediaFiles(desk)).toEqual([]);
  });
});

describe('what is lost or repeated', () => {
  test('lost bytes hide their picture, are told of, and hold up no kill', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/other.md', story('title: Another\n', '![It](ferry.jpg) again'));
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const { id } = await article(desk, 'world/ferry.md');
    for await (const key of desk.storage.keys('media/')) await desk.storage.delete(key);
    await desk.site.delete(mediaPath('world/ferry.jpg'));
    await desk.edit(id, { status: 'withdrawn' });
    await desk.publishAll();
    expect(await page(desk, 'world/ferry.md')).not.toContain(TEXT);
    expect(desk.log).toContainEqual(
      expect.objectContaining({ code: 'media-missing', id: (await desk.record('world/ferry.jpg'))?.id }),
    );
  });

  test('a picture whose record is deleted in the console leaves the site', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await desk.removeItem((await desk.record('world/ferry.jpg'))?.id ?? '');
    await desk.publishAll();
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('one whose record an edit has broken stays as it is', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await desk.edit((await desk.record('world/ferry.jpg'))?.id ?? '', { version: 'x' });
    await desk.publishAll();
    expect(await mediaFiles(desk)).toHaveLength(1);
  });

  test('a repeat that a rejected later upload overtakes takes away no bytes', async () => {
    const first = await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const later = await desk.put('world/ferry.jpg', jpeg().subarray(0, 400));
    // So that it is read anew.
    await desk.edit((await desk.record('world/ferry.jpg'))?.id ?? '', { parserVersion: 'older' });
    desk.events.splice(0);
    const put = desk.storage.put.bind(desk.storage);
    jest.spyOn(desk.storage, 'put').mockImplementationOnce(async (...given) => {
      expect(await desk.deliver(later)).toEqual([]);
      return put(...given);
    });
    expect(await desk.deliver(first)).toEqual([]);
    const record = await desk.record('world/ferry.jpg');
    if (record?.status !== 'media') throw new Error('The picture is gone.');
    expect(record.warnings).toEqual([expect.stringContaining('A later upload was rejected')]);
    expect(await desk.storage.head(record.file.key)).toBeDefined();
  });

  test('a picture that many stories show is told anew only to those that do not know it', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c'])
      await desk.put(`world/${name}.md`, story(`title: Ferry ${name}\n`, `![${name}](ferry.jpg) ${name}`));
    const arrival = await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const getForWrite = desk.articles.getForWrite.bind(desk.articles);
    jest.spyOn(desk.articles, 'getForWrite').mockImplementation(async id => {
      ids.push(id);
      return getForWrite(id);
    });
    expect(await desk.deliver(arrival)).toEqual([]);
    expect([...new Set(ids)]).toEqual([(await desk.record('world/ferry.jpg'))?.id]);
  });

  test('a story published anew asks first whether it shows its picture itself', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const referrers = jest.spyOn(desk.articles.media, 'referrers');
    await desk.edit((await article(desk, 'world/ferry.md')).id, { headline: 'Ferry sails again' });
    await desk.publishAll();
    expect(referrers).not.toHaveBeenCalled();
    expect(await mediaFiles(desk)).toHaveLength(1);
  });

  test('a story that has its picture beside it again before it is settled is never without its reference', async () => {
    await desk.put('world/ferry.md', story('', 'No picture is named.'));
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const forget = jest.spyOn(desk.articles.media, 'forget');
    // The picture is replaced just then: out of the bucket at the first look, and back at the second.
    jest.spyOn(desk.articles.media, 'beside').mockResolvedValueOnce([]);
    await desk.put('world/ferry.md', story('', 'Still no picture is named.'));
    await desk.settle();
    expect(forget.mock.calls.flatMap(([media]) => media)).toEqual([]);
    expect((await article(desk, 'world/ferry.md')).media).toHaveLength(1);
  });
});
