import { AUTHORS, CORRECTED_TEXT, FIRST_TEXT, HEADLINES, LAST_WORDS, RECORDINGS, VIDEO } from './copy.ts';
import type { Reader, Shown } from './reader.ts';

/** What a cell of the table says: one word or a few. */
export type Verdict = (entries: readonly Shown[], reader: Reader) => string;

const NOT_LISTED = 'no entry';

/** What the table says where a reader cannot be asked. */
export const NOT_MEASURED = 'not measured';

/** What is said of the first entry of a story. */
const first =
  (say: (entry: Shown, reader: Reader) => string): Verdict =>
  ([entry], reader) =>
    entry === undefined ? NOT_LISTED : say(entry, reader);

export const titleWithMarkup = first(({ title }) => {
  if (title === HEADLINES.markup) return 'right';
  if (/&(lt|amp|#)/.test(title)) return 'entities';
  return `“${title}”`;
});

export const twoAuthors = first(({ author }) => {
  const [one, two] = AUTHORS.map(name => author.includes(name));
  if (one && two) return 'both';
  if (one) return 'first';
  if (two) return 'last';
  return author === '' ? 'none' : `“${author}”`;
});

export const withoutByline = first(({ author }) => (author === '' ? 'none' : `“${author}”`));

export const twoRecordings = first(({ recordings }) => {
  const names = recordings.map(address => RECORDINGS.findIndex(name => address.endsWith(name)) + 1);
  const said = names.join(', ');
  return (
    { '': 'none', '1': 'first', '2': '**second**', '1, 2': 'both', '2, 1': '**second**, first' }[said] ?? said
  );
});

/** Whether words that run from right to left arrive, and whether their direction does. */
export const rightToLeft =
  (words: string): Verdict =>
  (entries, reader) =>
    first(({ content }) => {
      if (!content.includes(words)) return '**words lost**';
      if (reader.shows === 'text') return 'text';
      return /<[^>]* dir="?rtl/.test(content) ? 'kept' : 'dir lost';
    })(entries, reader);

export const embeddedVideo = first(({ content }) =>
  content.replaceAll('&amp;', '&').includes(VIDEO) ? 'link' : 'nothing',
);

export const longRead = first(({ content }) => (content.includes(LAST_WORDS) ? 'whole' : 'summary'));

/** What is left of a story that left the site. */
export const withdrawn: Verdict = entries => {
  if (entries.length === 0) return 'gone';
  const words = entries.map(({ title, content }) => {
    if (content.includes(FIRST_TEXT)) return '**whole story**';
    return /withdrawn|removed|deleted/i.test(title + content) ? 'notice' : 'headline';
  });
  return [...new Set(words)].sort().join(' and ');
};

export const corrected: Verdict = entries => {
  if (entries.length === 0) return NOT_LISTED;
  const texts = entries.map(({ content }) =>
    content.includes(CORRECTED_TEXT) ? 'yes' : content.includes(FIRST_TEXT) ? '**no**' : 'no text',
  );
  return [...new Set(texts)].sort().join(' and ') + (entries.length > 1 ? ' (twice)' : '');
};

/** A story that was withdrawn, and restored after a poll. */
export const restored: Verdict = entries => {
  const whole = entries.filter(({ content }) => content.includes(FIRST_TEXT));
  const rest = entries.length - whole.length;
  if (whole.length === 0) return entries.length === 0 ? 'gone' : '**notice**';
  const marks = [
    ...(whole.length > 1 ? ['twice'] : []),
    ...(rest > 0 ? ['beside a notice'] : []),
    ...(whole.some(({ unread }) => unread) ? ['unread'] : []),
  ];
  return marks.length === 0 ? 'once' : marks.join(', ');
};

export const isShown: Verdict = entries => (entries.length > 0 ? 'yes' : '**no**');

/** What a reader shows otherwise than before. */
export interface Difference {
  /** Entries before. */
  before: number;
  /** Stories that it had shown, and shows as new. */
  again: number;
  /** Stories that it had never shown. */
  first: number;
  /** Absent if the reader keeps no such mark. */
  unread: number | undefined;
  date: number;
  title: number;
  author: number;
  content: number;
}

/** Compares what a reader showed with what it shows. Everything was read in between. */
export function difference(before: readonly Shown[], after: readonly Shown[]): Difference {
  const known = new Map(before.map(entry => [entry.id, entry]));
  const titles = new Set(before.map(({ title }) => title));
  const fresh = after.filter(({ id }) => !known.has(id));
  const changed = (field: 'date' | 'title' | 'author' | 'content') =>
    after.filter(entry => {
      const old = known.get(entry.id);
      return old !== undefined && old[field] !== entry[field];
    }).length;
  return {
    before: before.length,
    again: fresh.filter(({ title }) => titles.has(title)).length + repeated(after) - repeated(before),
    first: fresh.filter(({ title }) => !titles.has(title)).length,
    unread: after.some(({ unread }) => unread !== undefined)
      ? after.filter(({ id, unread }) => unread && known.has(id)).length
      : undefined,
    date: changed('date'),
    title: changed('title'),
    author: changed('author'),
    content: changed('content'),
  };
}

/** Entries beyond the first of their id. */
function repeated(entries: readonly Shown[]): number {
  return entries.length - new Set(entries.map(({ id }) => id)).size;
}

/** In a few words, what is wrong after a republish that changed nothing. */
export function nothingNew({ again, first: never, unread, date }: Difference): string {
  const marks = [
    ...(again + never > 0 ? [`**${again + never} new**`] : []),
    ...((unread ?? 0) > 0 ? [`**${unread} unread**`] : []),
    ...(date > 0 ? [`**${date} other dates**`] : []),
  ];
  return marks.length === 0 ? 'nothing' : marks.join(', ');
}
