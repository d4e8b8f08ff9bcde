import { load } from 'cheerio';
import { ANSWER_STATUS } from '../../shared/stack/response-headers.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

const file = (front: string, text = 'The ferry left the harbour at noon on its first trip of the year.') =>
  `---\n${front}\n---\n\n${text}\n`;

async function pageOf(key: string) {
  const record = await desk.record(key);
  const permalink = record && 'permalink' in record ? record.permalink : undefined;
  const object = await desk.site.get(permalink ?? '');
  return { $: load(Buffer.from(object?.bytes ?? []).toString()), object, permalink };
}

test('a story that the source names by its headline is linked where it is ours, in one batch or in two', async () => {
  await desk.put('world/bridge.md', file('title: The bridge opens\ndate: 2026-11-01'));
  await desk.settle();
  const naming =
    'title: Who pays for it\ndate: 2026-11-02\nrelated: ["The bridge opens!", "Tram seven", "Elsewhere"]';
  await desk.put('opinion/pays.md', file(naming, 'A bridge is a road, and nobody asks a road for its fare.'));
  await desk.put(
    'city/tram.md',
    file('title: Tram seven\ndate: 2026-11-02', 'The tram will cross in spring, they say.'),
  );
  await desk.settle();
  const links = async () =>
    (await pageOf('opinion/pays.md'))
      .$('.related a')
      .map((_, link) => link.attribs.href)
      .get();
  const expected = async (...keys: string[]) =>
    Promise.all(keys.map(async key => `../${(await pageOf(key)).permalink}`));
  expect(await links()).toEqual(await expected('world/bridge.md', 'city/tram.md'));
  // What is withdrawn is no longer linked once the page is published again.
  await desk.edit((await desk.record('city/tram.md'))?.id ?? '', { status: 'withdrawn', version: 2 });
  await desk.publishAll();
  await desk.publish({ copydesk: 'rebuild' });
  expect(await links()).toEqual(await expected('world/bridge.md'));
});

test('a withdrawn article is answered as gone, with nothing of it; restored, it is there as before', async () => {
  await desk.put('world/a.md', file('title: The ferry sails\ndate: 2026-11-01'));
  await desk.settle();
  const before = await pageOf('world/a.md');
  expect(before.object?.metadata[ANSWER_STATUS]).toBeUndefined();
  const id = (await desk.record('world/a.md'))?.id ?? '';
  await desk.edit(id, { status: 'withdrawn', version: 2 });
  await desk.publishAll();
  const gone = await pageOf('world/a.md');
  expect(gone.object?.metadata[ANSWER_STATUS]).toBe('410');
  expect(gone.$('h1').text()).toBe('Article withdrawn');
  expect(gone.$.html()).not.toContain('ferry');
  await desk.edit(id, { status: 'live', version: 3 });
  await desk.publishAll();
  const after = await pageOf('world/a.md');
  expect(after.$.html()).toBe(before.$.html());
  expect(after.object?.metadata[ANSWER_STATUS]).toBeUndefined();
});

test('a correction is seen on the page with its date; what is pinned leads the front page', async () => {
  await desk.put('world/a.md', file('title: The ferry sails\ndate: 2026-11-01\npinned: true'));
  await desk.put(
    'world/b.md',
    file('title: The bridge opens\ndate: 2026-11-02', 'It took them nine years to build it.'),
  );
  await desk.settle();
  const corrected = 'title: The ferry sails\ndate: 2026-11-01\npinned: true\ncorrection: It sailed at noon.';
  await desk.put('world/a.md', file(corrected));
  await desk.settle();
  const { $ } = await pageOf('world/a.md');
  expect($('.correction').text()).toBe('Correction It sailed at noon.');
  expect($('.revised').text()).toMatch(/^Corrected /);
  for (const page of ['index.html', 'world/index.html']) {
    const front = load((await desk.files()).get(page) ?? '');
    const headlines = front('.story h2').map((_, headline) => front(headline).text());
    expect(headlines.get()).toEqual(['The ferry sails', 'The bridge opens']);
  }
});
