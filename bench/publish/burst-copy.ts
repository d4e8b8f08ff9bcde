import { randomFrom } from './random.ts';
import { SECTIONS } from './synthetic.ts';

/** The last instant; each article is a minute older than the one before it. */
const NEWEST = Date.UTC(2026, 10, 23, 12);

const SYLLABLES =
  'ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru'.split(
    ' ',
  );

/** Key of a file of the burst. */
export function keyOf(number: number): string {
  return `${(SECTIONS[number % SECTIONS.length] ?? '').toLowerCase()}/${number}.md`;
}

/** When an article of the burst is published. */
function publishedAt(number: number): string {
  return new Date(NEWEST - number * 60_000).toISOString();
}

/** A file of the burst: some 3 KB that have little in common with any other. */
export function copyOf(number: number): string {
  const random = randomFrom(number);
  const word = () => Array.from({ length: 2 + random.below(3) }, () => random.pick(SYLLABLES)).join('');
  const words = (count: number) => Array.from({ length: count }, word).join(' ');
  const front = [
    `title: Story ${number} ${words(5)}`,
    `date: ${publishedAt(number)}`,
    `author: Writer ${random.below(50)}`,
    `tags: [Topic ${random.below(40)}]`,
  ];
  const body = Array.from({ length: 6 }, () => `It was said that ${words(70)}.`);
  return `---\n${front.join('\n')}\n---\n\n${body.join('\n\n')}\n`;
}
