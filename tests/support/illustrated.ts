import { type Article, isArticle } from '../../shared/model/article.ts';
import { mediaPath } from '../../shared/model/media-address.ts';
import type { Desk } from './desk.ts';

/** A story that shows a picture, and what a site says of both. */

export const TEXT = 'The ferry left the harbour at noon on its first trip of the year.';

/** Copy in Markdown, with more lines of front matter and a body that shows the picture. */
export function story(front = '', body = '![The ferry](ferry.jpg)'): string {
  return `---\ntitle: Ferry sails\ndate: 2026-11-01T10:00:00Z\n${front}---\n\n${TEXT}\n\n${body}\n\nIt came back in the evening.\n`;
}

/** The article of a file. @throws where there is none */
export async function article(desk: Desk, key: string): Promise<Article> {
  const record = await desk.record(key);
  if (!record || !isArticle(record)) throw new Error(`${key} is no article`);
  return record;
}

/** The page of the article of a file. */
export async function page(desk: Desk, key: string): Promise<string> {
  const { permalink } = await article(desk, key);
  return text(desk, permalink);
}

/** A file of the site; empty where there is none. */
export async function text(desk: Desk, key: string): Promise<string> {
  return Buffer.from((await desk.site.get(key))?.bytes ?? []).toString();
}

/** The picture of a file as it is on the site, if it is there. */
export async function picture(desk: Desk, key: string): Promise<Buffer | undefined> {
  const object = await desk.site.get(mediaPath(key));
  return object && Buffer.from(object.bytes);
}

/** The keys of all media on the site, without renditions. A rendition without its picture is among them. */
export async function mediaFiles(desk: Desk): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of desk.site.keys('media/')) keys.push(key);
  const isRendition = (key: string) => /-(?:\d+\.webp|card\.jpg)$/.test(key);
  const folderOf = (key: string) => key.slice(0, key.lastIndexOf('/'));
  const whole = new Set(keys.filter(key => !isRendition(key)).map(folderOf));
  return keys.filter(key => !(isRendition(key) && whole.has(folderOf(key))));
}

/** All that the site says of the ferry and its picture, once it has come to rest. */
export async function expectShown(
  desk: Desk,
  key = 'world/ferry.md',
  image = 'world/ferry.jpg',
): Promise<void> {
  const address = `../${mediaPath(image)}`;
  const shown = `src="${address}" alt="The ferry" width="40" height="30"`;
  expect(await page(desk, key)).toContain(shown);
  const [entry] = await desk.feed();
  expect(entry?.content_html).toContain(
    `<img src="https://news.example.org/${mediaPath(image)}" alt="The ferry" width="40" height="30">`,
  );
  expect(await article(desk, key)).toMatchObject({ revision: 1, warnings: [] });
  const file = await picture(desk, image);
  expect(file?.includes('Jane Roe')).toBe(false);
  expect(file?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
}
