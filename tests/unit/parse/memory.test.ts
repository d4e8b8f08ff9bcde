import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseArticle } from '../../../functions/ingest/parse.ts';

/** Number and length, in characters, of the pages that are read. */
const PAGES = 40;
const PAGE_CHARS = 500_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A page with names and labels that no other page has, and a script that makes it long. */
function pageOf(at: number): Uint8Array {
  const paragraph = `<p class="related-stories-${at}-box__text${at}">The harbour board of town ${at} voted on Tuesday to keep the night ferry, which carries four hundred people.</p>`;
  return Buffer.from(
    `<!doctype html><html lang="en"><head><title>Harbour ${at} keeps its ferry</title></head><body>
    <script>${'x'.repeat(PAGE_CHARS)}</script><article class="article-story-number-${at}"><h1>Harbour ${at} keeps its ferry</h1>
    <p>Publication schedule note ${'abcdefghij'.charAt(at % 10).repeat(3 + at)}: to be read aloud</p>${paragraph.repeat(8)}</article></body></html>`,
  );
}

const read = (at: number) =>
  parseArticle({ bytes: pageOf(at), key: `news/page-${at}.html`, contentType: 'text/html' });

test('a parser that has read many pages keeps none of them in memory', async () => {
  for (let at = 0; at < 3; at += 1) await read(at);
  const before = heapBytes();
  for (let at = 3; at < 3 + PAGES; at += 1) await read(at);
  expect(heapBytes() - before).toBeLessThan((PAGES * PAGE_CHARS) / 4);
});
