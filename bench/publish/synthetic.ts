import type { Article } from '../../shared/model/article.ts';
import { liveArticle } from './copy.ts';
import { randomFrom } from './random.ts';

/** Sections of the paper; the first is the busiest. */
export const SECTIONS = [
  'World',
  'Politics',
  'Business',
  'Sport',
  'Science',
  'Culture',
  'Technology',
  'Health',
  'Education',
  'Environment',
  'Opinion',
  'Travel',
  'Food',
  'Style',
  'Books',
  'Film',
  'Music',
  'Transport',
  'Courts',
  'Weather',
] as const;

/** More than any window of the product keeps, so that a full one knows that there are others. */
export const WINDOW = 100;

const TAGS = 5_000;
const AUTHORS = 2_000;

/** The instant after the newest article, and the time over which they are spread. */
const END = Date.UTC(2026, 10, 23, 12);
const TEN_YEARS = 10 * 365.25 * 86_400_000;

/**
 * The newest articles are the same in an archive of any size, and most of them lie in one section, under one tag and
 * by one author, so that the windows of these are full in a small archive as in a large one.
 */
const SAME = 250;

/**
 * Half an hour between two of the newest articles, so that a day has fewer articles than a feed. The feeds of a busier
 * newsroom are longer, in an archive of any size.
 */
const PACE = 1_800_000;

/** Words of a body: some 3 KB of HTML. */
const PARAGRAPHS = 8;
const WORDS =
  'the harbour council said on Monday that work would begin after winter and costs had risen by a third since the plan was first shown to members who asked for more time'.split(
    ' ',
  );

/** An archive of articles numbered from 0, the oldest, each made when it is asked for. */
export interface Synthetic {
  readonly size: number;
  article(number: number): Article;
  idOf(number: number): string;
  /** The number of an id, or undefined where none has it. */
  numberOf(id: string): number | undefined;
  publishedAt(number: number): string;
  /** The newest of a section, a tag or an author, newest first: at most {@link WINDOW}. */
  newest(kind: 'section' | 'tag' | 'author', name: string): readonly number[];
  /** Tags or authors that have an article. */
  names(kind: 'tag' | 'author'): string[];
  /** The first number that was published at an instant or after it. */
  firstAt(instant: string): number;
}

/** An archive over ten years: 20 sections, 5,000 tags and 2,000 authors of which few are used much. */
export function syntheticArchive(size: number): Synthetic {
  /** Counted from the newest, so that the newest are the same in every archive. */
  const ageOf = (number: number) => size - 1 - number;
  const timeOf = (number: number) => {
    const age = ageOf(number);
    if (age < SAME) return END - (age + 1) * PACE;
    const since = END - SAME * PACE;
    return since - Math.ceil(((age - SAME + 1) / (size - SAME)) * TEN_YEARS);
  };
  const publishedAt = (number: number) => new Date(timeOf(number)).toISOString();
  const traits = (number: number) => traitsOf(ageOf(number));
  let windows: Map<string, number[]> | undefined;
  return {
    size,
    publishedAt,
    idOf,
    article(number) {
      const { section, tags, authors } = traits(number);
      const published = publishedAt(number);
      const id = idOf(number);
      const headline = `Council of district ${number} votes on the harbour plan for a second time`;
      return liveArticle(`${section.toLowerCase()}/${number}.md`, published, {
        id,
        headline,
        summary: `The council of district ${number} has put off its decision.`,
        section,
        tags,
        authors: authors.map(name => ({ name })),
        bodyHtml: body(number),
        wordCount: PARAGRAPHS * 60,
        readingMinutes: 2,
        slug: `council-of-district-${number}`,
        permalink: `articles/council-of-district-${number}-${id}.html`,
      });
    },
    numberOf(id) {
      const number = Number([...id.slice(0, DIGITS)].reverse().join(''));
      return Number.isInteger(number) && number < size && idOf(number) === id ? number : undefined;
    },
    newest(kind, name) {
      windows ??= windowsOf(size);
      return windows.get(`${kind} ${name}`) ?? [];
    },
    names(kind) {
      windows ??= windowsOf(size);
      return [...windows.keys()]
        .filter(key => key.startsWith(`${kind} `))
        .map(key => key.slice(kind.length + 1));
    },
    firstAt(instant) {
      const wanted = Date.parse(instant);
      let low = 0;
      let high = size;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (timeOf(middle) < wanted) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** The newest numbers of everything that an article can be of, by kind and name. */
function windowsOf(size: number): Map<string, number[]> {
  const windows = new Map<string, number[]>();
  const add = (key: string, number: number) => {
    const window = windows.get(key);
    if (window === undefined) windows.set(key, [number]);
    else if (window.length < WINDOW) window.push(number);
  };
  for (let age = 0; age < size; age++) {
    const { section, tags, authors } = traitsOf(age);
    const number = size - 1 - age;
    add(`section ${section}`, number);
    for (const tag of tags) add(`tag ${tag}`, number);
    for (const author of authors) add(`author ${author}`, number);
  }
  return windows;
}

const DIGITS = 7;

/** The id of a number: its digits the other way round, so that neighbours in time are none in order. */
function idOf(number: number): string {
  return `${[...String(number).padStart(DIGITS, '0')].reverse().join('')}synthetic`;
}

interface Traits {
  section: string;
  tags: string[];
  authors: string[];
}

/** Of the article that is so old: most of the newest are alike. */
function traitsOf(age: number): Traits {
  // Three quarters: more than a window and what it keeps in reserve.
  if (age < SAME && age % 4 !== 3)
    return { section: SECTIONS[0], tags: [tagName(0), tagName(1)], authors: [authorName(0)] };
  const tags = Array.from({ length: 1 + (hash(age, 0) % 4) }, (_, at) => tagName(rank(TAGS, age, 10 + at)));
  const authors = Array.from({ length: 1 + (hash(age, 1) % 2) }, (_, at) =>
    authorName(rank(AUTHORS, age, 20 + at)),
  );
  const section = SECTIONS[hash(age, 2) % SECTIONS.length] ?? SECTIONS[0];
  return { section, tags: [...new Set(tags)], authors: [...new Set(authors)] };
}

/** A number below `count`, the small ones far more often: about as Zipf has it. */
function rank(count: number, age: number, salt: number): number {
  return Math.floor((count + 1) ** (hash(age, salt) / 2 ** 32)) - 1;
}

/** 32 bits that depend on both numbers in no simple way. */
function hash(number: number, salt: number): number {
  let mixed = Math.imul(number + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function tagName(number: number): string {
  return `Topic ${number}`;
}

function authorName(number: number): string {
  return `Writer ${number}`;
}

function body(number: number): string {
  const random = randomFrom(number);
  const paragraph = () => `<p>${Array.from({ length: 60 }, () => random.pick(WORDS)).join(' ')}.</p>`;
  return Array.from({ length: PARAGRAPHS }, paragraph).join('');
}
