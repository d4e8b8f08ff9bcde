import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from '../../functions/ingest/decode/decode.ts';

/** A page and what is known about it. */
export interface Page {
  id: string;
  url: string;
  /** As it came from the web. */
  bytes: Uint8Array;
  /** The same as text: for parsers that take no bytes. */
  html: string;
  /** Text of the article: article-extraction-benchmark. */
  body?: string;
  /** HTML of the article: Readability. */
  bodyHtml?: string;
  /** Segments that the text must and must not hold: trafilatura. */
  wanted?: string[];
  unwanted?: string[];
  /** Metadata by the names of {@link FIELDS}; empty where the page has none. Left out where nobody looked. */
  fields?: Record<string, string>;
}

export const SETS = ['aeb', 'trafilatura', 'readability'] as const;
export type SetName = (typeof SETS)[number];

/** The metadata that a set's pages have, in the order of the table. */
export const FIELDS: Readonly<Record<SetName, readonly string[]>> = {
  aeb: [],
  trafilatura: ['title', 'author', 'date'],
  readability: ['title', 'byline', 'lang', 'siteName', 'publishedTime'],
};

/** @throws Error that says how the folder should look */
export function loadSet(set: SetName, folder: string): Page[] {
  const load = { aeb: loadAeb, trafilatura: loadTrafilatura, readability: loadReadability }[set];
  return load(folder);
}

const FILES: Readonly<Record<SetName, (id: string) => string>> = {
  aeb: id => `aeb/html/${id}.html`,
  trafilatura: id => `traf/html/${id}`,
  readability: id => `readability/${id}/source.html`,
};

/** Id, address and file of each page of a set: for parsers that are no Node modules. */
export function pathsOf(set: SetName, folder: string): [id: string, url: string, file: string][] {
  return loadSet(set, folder).map(({ id, url }) => [id, url, pageFile(folder, FILES[set](id))]);
}

function loadAeb(folder: string): Page[] {
  const truths = readJson<Record<string, { articleBody?: string; url?: string }>>(
    folder,
    'aeb/ground-truth.json',
  );
  return Object.entries(truths).map(([id, { articleBody = '', url = '' }]) => {
    const bytes = readPage(folder, FILES.aeb(id));
    return { id, url, bytes, html: decode(bytes).text, body: articleBody };
  });
}

interface TrafilaturaItem {
  file: string;
  with: string[];
  without: string[];
  title?: string | null;
  author?: string | string[] | null;
  date?: string | null;
}

function loadTrafilatura(folder: string): Page[] {
  const items = readJson<Record<string, TrafilaturaItem>>(folder, 'traf/evaldata.json');
  return Object.entries(items).map(([address, item]) => {
    const bytes = readPage(folder, FILES.trafilatura(item.file));
    const { title, author, date } = item;
    return {
      id: item.file,
      // Some of its keys are no addresses.
      url: /^https?:/.test(address) ? address : `https://${item.file.split('-')[0]}/`,
      bytes,
      html: decode(bytes, { contentType: 'text/html' }).text,
      wanted: item.with,
      unwanted: item.without,
      ...('title' in item
        ? {
            fields: {
              title: title ?? '',
              author: Array.isArray(author) ? author.join(', ') : (author ?? ''),
              date: date ?? '',
            },
          }
        : {}),
    };
  });
}

function loadReadability(folder: string): Page[] {
  return readdirSync(path.join(folder, 'readability'))
    .sort()
    .map(id => {
      const bytes = readPage(folder, FILES.readability(id));
      const known = readJson<Record<string, unknown>>(folder, `readability/${id}/expected-metadata.json`);
      const fields = FIELDS.readability.map(name => [name, String(known[name] ?? '')]);
      return {
        id,
        url: 'http://fakehost/test/page.html',
        bytes,
        html: decode(bytes).text,
        bodyHtml: decode(readPage(folder, `readability/${id}/expected.html`)).text,
        fields: Object.fromEntries(fields),
      };
    });
}

function readJson<T>(folder: string, name: string): T {
  const file = path.join(folder, name);
  if (!existsSync(file))
    throw new Error(`There is no ${name} in ${folder}: docs/parser.md shows the layout.`);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** A file that may be gzipped. */
function readPage(folder: string, name: string): Uint8Array {
  const file = pageFile(folder, name);
  return file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file);
}

function pageFile(folder: string, name: string): string {
  const file = path.join(folder, name);
  return existsSync(`${file}.gz`) ? `${file}.gz` : file;
}
