import { jpeg } from '../support/pictures.ts';
import { mp3 } from '../support/recordings.ts';
import type { Files } from './paper.ts';

/** The headlines by which the bench finds the stories in a reader. */
export const HEADLINES = {
  markup: 'How to parse <title> & friends',
  duet: 'Two reporters count the boats',
  tides: 'Episode 2: The tide table',
  hebrew: 'הנמל נפתח מחדש אחרי הסערה',
  arabic: 'الميناء يفتح أبوابه بعد العاصفة',
  video: 'A tour of the lighthouse on film',
  picture: 'The new quay in pictures',
  long: 'The long history of the harbour',
  noByline: 'Council votes on mooring fees',
  corrected: 'Ferry fares rise in spring',
  correctedAfter120: 'Pier closes for repairs',
  correctedAfter240: 'Dock workers sign a contract',
  killed: 'Mayor to resign over bridge contract',
  killedAfter240: 'Chandler accused of fraud',
  deleted: 'Market moves to the north bank',
  restored: 'Harbour dues are frozen',
  backdated: 'The storm of last week, reconstructed',
} as const;

export type Story = keyof typeof HEADLINES;

/** Authors of the story with two of them. */
export const AUTHORS = ['Ana Petrović', 'John Roe'] as const;

/** Files of the recordings of the episode. The first is the one to play. */
export const RECORDINGS = ['tide-table.mp3', 'extra-reel.mp3'] as const;

/** The page of the embedded video. */
export const VIDEO = 'youtube.com/watch?v=lighthouse1';

/** Words that only the text of a story has: as it was first filed, and as it was corrected. */
export const FIRST_TEXT = 'according to the first account';
export const CORRECTED_TEXT = 'according to the corrected account';

/** The last words of the long read. */
export const LAST_WORDS = 'and there the ledger ends';

const MINUTE_MS = 60 * 1_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Stories that the bench changes have plain text. */
const PLAIN = {
  noByline: 'world/fees.md',
  corrected: 'world/ferry.md',
  correctedAfter120: 'world/pier.md',
  correctedAfter240: 'world/dock.md',
  killed: 'world/mayor.md',
  killedAfter240: 'world/chandler.md',
  deleted: 'world/market.md',
  restored: 'world/dues.md',
  backdated: 'world/storm.md',
} as const;

type PlainStory = keyof typeof PLAIN;

/** Key of a story with plain text. */
export const keyOf = (story: PlainStory): string => PLAIN[story];

/**
 * A story with plain text.
 * @param change.text the words that say which account it is
 * @param change.front more lines of front matter
 */
export function plain(story: PlainStory, { text = FIRST_TEXT, front = '' } = {}): Files {
  const headline = HEADLINES[story];
  const byline = story === 'noByline' ? '' : 'author: John Roe\ntags: [harbour]\n';
  const age = story === 'backdated' ? 9 : 2;
  return {
    [PLAIN[story]]:
      `${matter(headline, age, byline + front)}${headline}: this is what happened, ${text}.\n\nNobody at the harbour wanted to say more about the ${story} affair.\n`,
  };
}

/** Everything that the paper has at the beginning. */
export function firstFiles(): Files {
  return {
    'podcast/tide-table.mp3': mp3({ frames: 9 }),
    'podcast/extra-reel.mp3': mp3({ frames: 5 }),
    'world/quay.jpg': jpeg({ width: 400, height: 300 }),
    'world/markup.md': `${matter(HEADLINES.markup, 1)}A short guide to what a parser does with a headline like this one.\n`,
    'world/duet.md': `${matter(HEADLINES.duet, 1, `author: [${AUTHORS.join(', ')}]\ntags: [harbour]\n`)}They counted all of them twice, and came to two results.\n`,
    'podcast/tides.md': `${matter(HEADLINES.tides, 1, `author: John Roe\naudio: [${RECORDINGS.join(', ')}]\n`)}The second episode explains how a tide table is made.\n`,
    'world/hebrew.md': `${matter(HEADLINES.hebrew, 1, 'lang: he\n')}הנמל נפתח הבוקר לאחר שלושה ימים של סערה. הספינות הראשונות כבר יצאו לדרך, אמר מנהל הנמל.\n`,
    'world/arabic.md': `${matter(HEADLINES.arabic, 1, 'lang: ar\n')}فتح الميناء أبوابه صباح اليوم بعد ثلاثة أيام من العاصفة، وقال مدير الميناء إن السفن الأولى أبحرت.\n`,
    'world/untitled.md': `---\ndate: ${daysAgo(1)}\ntitle: ""\n---\n\nno name was given to this note of the harbour office, which lists the lamps that were out in the night, one after the other, and ends without a signature.\n`,
    'science/table.md': `${matter('How the lock counts ships', 1)}| month | ships |\n|---|---|\n| May | 210 |\n| June | 305 |\n\n\`\`\`\nif (ships < 300 && isOpen) count += 1;\n\`\`\`\n\nThe code runs in the tower of the lock.\n`,
    'culture/video.html': `<!doctype html><html><head><title>${HEADLINES.video}</title><meta name="author" content="Jane Doe"><meta name="date" content="${daysAgo(1)}"></head><body><article><h1>${HEADLINES.video}</h1><p>The keeper of the lighthouse has filmed a tour of its stairs, its lamp and its kitchen for all who cannot climb.</p><iframe src="https://www.youtube.com/embed/lighthouse1" title="A tour of the lighthouse"></iframe><p>The film ends on the gallery, from which the coast can be seen as far as the next headland.</p></article></body></html>`,
    'world/picture.md': `${matter(HEADLINES.picture, 1)}The quay is done.\n\n![The quay at noon](quay.jpg)\n\nIt opens next week.\n`,
    'culture/long.md': `${matter(HEADLINES.long, 1)}${longRead()}`,
    ...plain('noByline'),
    ...plain('corrected'),
    ...plain('correctedAfter120'),
    ...plain('correctedAfter240'),
    ...plain('killed'),
    ...plain('killedAfter240'),
    ...plain('deleted'),
    ...plain('restored'),
  };
}

/**
 * Short stories, numbered.
 * @param age in days. Default: they are of the hour in which they are filed
 */
export function bulletins(first: number, last: number, age?: number): Files {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return Object.fromEntries(
    numbers.map(number => [
      `world/bulletin-${number}.md`,
      `---\ntitle: ${bulletinHeadline(number)}\n${age === undefined ? '' : `date: ${daysAgo(age, number)}\n`}---\n\nThe harbour office has counted ${number * 37} boats, and mooring ${number * 91} is free.\n`,
    ]),
  );
}

export function bulletinHeadline(number: number): string {
  return `Bulletin ${number} of the harbour office`;
}

function matter(headline: string, age: number, more = 'author: Jane Doe\n'): string {
  return `---\ntitle: ${JSON.stringify(headline)}\ndate: ${daysAgo(age)}\n${more}---\n\n`;
}

function daysAgo(days: number, minutes = 0): string {
  return new Date(Date.now() - days * DAY_MS + minutes * MINUTE_MS).toISOString();
}

/** About 95 KB. */
function longRead(): string {
  const paragraph = (number: number) =>
    `In the year ${1500 + number} the harbour had ${number * 3 + 2} ships, and the clerk wrote down each of them, with its master, its cargo and its port. ${'The ledger survives, and its pages are legible to this day. '.repeat(5)}`;
  return `${Array.from({ length: 210 }, (_, number) => paragraph(number)).join('\n\n')}\n\nThe clerk laid down his pen, ${LAST_WORDS}.\n`;
}
