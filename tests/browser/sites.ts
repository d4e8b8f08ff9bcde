import { filesBelow, type Newsstand, openNewsstand } from './opened-site.ts';

/** Sections enough to make a navigation wrap. */
const SECTIONS = [
  'Arts',
  'Books',
  'Courts',
  'Education',
  'Food',
  'Health',
  'Letters',
  'Money',
  'Obituaries',
  'Travel',
];

/** A site is uploaded, published and corrected in a few seconds, on a busy machine in many. */
const OPENING_MS = 240_000;

/** A page to look at, by a name for its pictures. */
type Pages = ReadonlyMap<string, string>;

export interface PaperSite {
  newsstand: Newsstand;
  pages: Pages;
}

/** The samples and the files that are hard to show, corrected and withdrawn. */
export async function openPaper(): Promise<PaperSite> {
  const newsstand = await openNewsstand({
    site: {
      title: 'The Harbour Courier',
      description: 'News of Port Ellis and the sea.',
      copyright: '© 2026 The Harbour Courier',
      // So the navigation of articles has them too.
      sections: SECTIONS.map(name => ({ name })),
    },
  });
  const files = new Map([...filesBelow('samples'), ...filesBelow('tests/fixtures/browser')]);
  for (const [key, body] of files) await newsstand.put(key, body);
  for (const [index, section] of SECTIONS.entries())
    await newsstand.put(`${section}/short.md`, short(section, index));
  await newsstand.put('world/killed.md', short('Killed', 20));
  await newsstand.put('world/mended.md', short('Mended', 21));
  await newsstand.idle();
  await newsstand.kill('world/killed.md');
  await newsstand.put(
    'world/mended.md',
    short('Mended', 21, 'It was the council, not the port, that decided.'),
  );
  await newsstand.idle();
  const page = (key: string) => newsstand.pageOf(key);
  return {
    newsstand,
    pages: new Map([
      ['front', `${newsstand.url}/`],
      ['section', `${newsstand.url}/world/`],
      ['tag', `${newsstand.url}/tags/ports/`],
      ['author', `${newsstand.url}/authors/nora-field/`],
      ['archive', `${newsstand.url}/archive/`],
      ['sections', `${newsstand.url}/sections/`],
      ['authors', `${newsstand.url}/authors/`],
      ['month', `${newsstand.url}/archive/2026/10/`],
      ['subscribe', `${newsstand.url}/subscribe.html`],
      ['section-subscribe', `${newsstand.url}/world/subscribe.html`],
      ['article', await page('world/harbour-theatre.html')],
      ['article-arabic', await page('world/ferry-arabic.md')],
      ['article-hebrew', await page('culture/sefer-yam.txt')],
      ['article-ukrainian', await page('world/mist-vidkryly.txt')],
      ['article-table-and-code', await page('science/tides.md')],
      ['article-long-word', await page('weather/long-word.md')],
      ['article-pictures', await page('pictures/quay.md')],
      ['article-corrected', await page('world/mended.md')],
      ['withdrawn', await page('world/killed.md')],
      ['not-found', `${newsstand.url}/nothing/here.html`],
    ]),
  };
}

/** A site on which nothing has been published, in Arabic: its own words run from right to left. */
export async function openEmpty(): Promise<PaperSite> {
  const newsstand = await openNewsstand({
    site: { title: 'بريد الميناء', description: 'أخبار الميناء والبحر.', language: 'ar' },
  });
  return {
    newsstand,
    pages: new Map([
      ['empty-front', `${newsstand.url}/`],
      ['empty-subscribe', `${newsstand.url}/subscribe.html`],
      ['empty-not-found', `${newsstand.url}/nothing/here.html`],
    ]),
  };
}

function short(name: string, minute: number, correction?: string): string {
  const note = correction === undefined ? '' : `\ncorrection: ${correction}`;
  return `---
title: ${name} in short
date: 2026-09-01T10:${String(minute).padStart(2, '0')}:00Z${note}
---

The desk of ${name.toLowerCase()} has one short story today${correction ? ', and it was mended' : ''}. It takes no longer to read than a cup of tea takes to cool.
`;
}

/**
 * Opens things before the tests of a file and closes them after, also those that a failure has left half open:
 * jest would wait for them for ever.
 */
export function opened<T>(open: () => Promise<T>, close: (thing: T) => Promise<void>): () => Promise<T> {
  let opening: Promise<T> | undefined;
  beforeAll(async () => {
    opening = open();
    await opening;
  }, OPENING_MS);
  afterAll(async () => {
    const thing = await opening?.catch(() => undefined);
    if (thing !== undefined) await close(thing);
  }, OPENING_MS);
  return async () => {
    if (opening === undefined) throw new Error('It is opened before the tests.');
    return opening;
  };
}
