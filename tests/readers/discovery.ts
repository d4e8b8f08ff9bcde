import { HEADLINES } from './copy.ts';
import type { Paper } from './paper.ts';
import type { Reader } from './reader.ts';
import { NOT_MEASURED } from './verdicts.ts';

/** The kinds of pages that people give to a reader. */
export const PAGE_KINDS = ['front', 'section', 'tag', 'author', 'article'] as const;

/** The feed that a reader finds first on each kind of page, and how many it finds. */
export async function discover(paper: Paper, reader: Reader): Promise<string[]> {
  const cells: string[] = [];
  for (const page of await pages(paper)) {
    if (reader.discover === undefined) {
      cells.push(NOT_MEASURED);
      continue;
    }
    const found = await reader.discover(page);
    const [first] = found;
    cells.push(
      first === undefined
        ? '**none**'
        : `\`${new URL(first).pathname}\`${found.length > 1 ? `, of ${found.length}` : ''}`,
    );
  }
  return cells;
}

/** A page of each kind. */
async function pages(paper: Paper): Promise<string[]> {
  const { items } = JSON.parse(await paper.text('feed.json')) as { items: { title: string; url: string }[] };
  const article = items.find(({ title }) => title === HEADLINES.duet)?.url;
  if (article === undefined) throw new Error('The feed does not have the story with two authors.');
  const html = await (await fetch(article)).text();
  const folder = (name: string) => {
    const [address] = new RegExp(`${name}/[^"/]+/(?=")`).exec(html) ?? [];
    if (address === undefined) throw new Error(`The page of the story has no link into ${name}/.`);
    return new URL(address, paper.site).href;
  };
  return [paper.site, new URL('world/', paper.site).href, folder('tags'), folder('authors'), article];
}
