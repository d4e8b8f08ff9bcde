import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Random, randomFrom } from '../publish/random.ts';

const SECTIONS = ['World', 'Sport', 'Business', 'Culture', 'Local'];
const AUTHORS = 20;
const TAGS = 30;

/** A story has about 400 words, as a report in a newspaper. */
const PARAGRAPHS = 8;
const SENTENCES = 4;

/** Words between the others, by which a program knows the language. */
const COMMON = 'the of and to in a that for was on with as it by at from which had been not would'.split(' ');
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bran cler drin fos'.split(' ');

/** Time between two stories, in milliseconds. */
const PACE_MS = 3_600_000;
const FIRST = Date.UTC(2026, 0, 1);

/** Writes Markdown files with front matter, one folder for each section. The same count gives the same files. */
export async function writeCopy(folder: string, count: number): Promise<void> {
  const random = randomFrom(1);
  const words = Array.from({ length: 2_000 }, () => word(random));
  for (const section of SECTIONS) await mkdir(path.join(folder, section.toLowerCase()), { recursive: true });
  for (let number = 0; number < count; number++) {
    const section = SECTIONS[number % SECTIONS.length] ?? '';
    const file = path.join(folder, section.toLowerCase(), `story-${number}.md`);
    await writeFile(file, story(number, section, words, random));
  }
}

function story(number: number, section: string, words: readonly string[], random: Random): string {
  const sentence = () => {
    const text = Array.from({ length: 12 }, (_, at) => random.pick(at % 2 === 0 ? COMMON : words)).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = () => Array.from({ length: SENTENCES }, sentence).join(' ');
  return [
    '---',
    `title: Story ${number} of ${random.pick(words)} and ${random.pick(words)}`,
    `author: Reporter ${number % AUTHORS}`,
    `date: ${new Date(FIRST + number * PACE_MS).toISOString()}`,
    `section: ${section}`,
    `tags: [subject ${random.below(TAGS)}, subject ${random.below(TAGS)}]`,
    '---',
    '',
    Array.from({ length: PARAGRAPHS }, paragraph).join('\n\n'),
    '',
  ].join('\n');
}

function word(random: Random): string {
  const length = 2 + random.below(3);
  return Array.from({ length }, () => random.pick(SYLLABLES)).join('');
}
