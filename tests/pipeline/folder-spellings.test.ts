import { siteOf } from '../../functions/publish/model/site.ts';
import { DIRECTORY } from '../../functions/publish/states/directory.ts';
import { load } from '../../functions/publish/states/state.ts';
import { editionView } from '../../functions/publish/views/edition-view.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { republish } from '../support/republish.ts';

/** The folders of sections, tags and authors, as the language of the site spells them. */

const BASE = 'https://news.example.org';

const NAMES = ['Kültür', 'Kultur', 'Громади', 'Økonomi', 'Årets rät', 'Größe', '文化', 'ثقافة'];

/** The folders of these names, in this order. */
const SPELT: Record<string, readonly string[]> = {
  tr: ['kultur', 'kultur', 'gromadi', 'okonomi', 'arets-rat', 'grosse', '文化', 'ثقافة'],
  uk: ['kueltuer', 'kultur', 'hromady', 'okonomi', 'arets-raet', 'groesse', '文化', 'ثقافة'],
  sv: ['kultur', 'kultur', 'gromadi', 'okonomi', 'arets-rat', 'grosse', '文化', 'ثقافة'],
  da: ['kueltuer', 'kultur', 'gromadi', 'oekonomi', 'aarets-raet', 'groesse', '文化', 'ثقافة'],
  ...Object.fromEntries(
    ['de', 'en', 'ja', 'ar'].map(language => [
      language,
      ['kueltuer', 'kultur', 'gromadi', 'okonomi', 'arets-raet', 'groesse', '文化', 'ثقافة'],
    ]),
  ),
};

let desk: Desk;
afterEach(() => desk.close());

async function start(language: string): Promise<void> {
  desk = await startDesk({ database: 'memory', settings: { site: { language } } });
  for (const [number, name] of NAMES.entries())
    await desk.put(
      `desk/${number}.md`,
      `---\ntitle: Story ${number}\ndate: 2026-11-0${number + 1}T10:00:00Z\nsection: ${name}\ntags: [${name}]\nauthor: ${name}\n---\n\nThe ferry ${number} left the harbour at noon.\n`,
    );
  await desk.settle();
}

/** The folders of the sections (without a list), tags or authors of a site. */
function foldersIn(files: ReadonlyMap<string, string>, list = ''): string[] {
  const feed = new RegExp(`^${list}([^/]+)/feed\\.xml$`);
  return [...files.keys()].flatMap(key => feed.exec(key)?.[1] ?? []).sort();
}

/** The files of the site that a file names. */
function targetsOf(key: string, text: string): string[] {
  const stated = [
    ...text.matchAll(/(?:href|src|xmlUrl|htmlUrl)="([^"]*)"/g),
    ...text.matchAll(new RegExp(`[">](${BASE}[^"<]*)`, 'g')),
  ];
  return stated.flatMap(([, address = '']) => {
    const url = new URL(address.replaceAll('&amp;', '&'), `${BASE}/${encodeURI(key)}`);
    if (url.origin !== BASE || url.search !== '') return [];
    const target = decodeURI(url.pathname.slice(1));
    return [target === '' || target.endsWith('/') ? `${target}index.html` : target];
  });
}

function brokenLinks(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([key, text]) =>
    /\.(?:html|xml|json)$/.test(key)
      ? targetsOf(key, text).flatMap(target => (files.has(target) ? [] : [`${key} → ${target}`]))
      : [],
  );
}

test.each(Object.keys(SPELT))(
  'a site in %s spells its folders, and every link leads to a file',
  async language => {
    await start(language);
    const files = await desk.files();
    const expected = [...new Set(SPELT[language])].sort();
    for (const list of ['', 'tags/', 'authors/']) expect(foldersIn(files, list)).toEqual(expected);
    expect(brokenLinks(files)).toEqual([]);
    // Names with one folder are one section.
    const items = new Map<string, number>();
    for (const folder of SPELT[language] ?? []) items.set(folder, (items.get(folder) ?? 0) + 1);
    for (const [folder, count] of items) expect(await desk.feed(`${folder}/feed.json`)).toHaveLength(count);
  },
);

test('after a change of the language, publishing everything moves the stories to the new folders', async () => {
  await start('de');
  const { articles, storage, site: siteBucket } = desk;
  const site = siteOf(readSettings({ site: { language: 'tr' } }), BASE);
  const deps = { articles, storage, siteBucket, site, onBroken: () => undefined, now: () => desk.now };
  // Its state has the name of what is another section now.
  const former = editionView({ kind: 'section', name: 'Kueltuer' }, deps);
  const { state } = await load(deps, former);
  for (const { key } of await former.render(state, DIRECTORY.initial)) expect(key).toMatch(/^kueltuer\//);
  await republish(deps);
  const files = await desk.files();
  expect(brokenLinks(files)).toEqual([]);
  expect(await desk.feed('kultur/feed.json')).toHaveLength(2);
  expect(await desk.feed('tags/kultur/feed.json')).toHaveLength(2);
  // Subscribers of the former feeds keep them, without stories.
  expect(await desk.feed('kueltuer/feed.json')).toEqual([]);
  const linking = [...files].filter(
    ([key, text]) =>
      !key.includes('kueltuer/') && targetsOf(key, text).some(each => each.includes('kueltuer/')),
  );
  expect(linking.map(([key]) => key)).toEqual([]);
  const front = files.get('index.html') ?? '';
  expect(front.match(/<nav.*?<\/nav>/s)?.[0].match(/href="kultur\/"/g)).toHaveLength(1);
});

test('pages of its own are spelt alike, and have no address of a section', async () => {
  await start('tr');
  const put = async (key: string) => {
    await desk.put(key, '---\ntitle: Künye\n---\n\nGazetenin adresi ve telefonu.\n');
    await desk.settle();
    return desk.record(key);
  };
  expect(await put('pages/Künye & Şükran.md')).toMatchObject({ permalink: 'kunye-sukran/index.html' });
  expect([...(await desk.files()).keys()]).toContain('kunye-sukran/index.html');
  for (const key of ['pages/Kültür.md', 'pages/kultur.md'])
    expect(await put(key)).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('has the address /kultur/') },
    });
  expect(await put('pages/kueltuer.md')).toMatchObject({ permalink: 'kueltuer/index.html' });
});
