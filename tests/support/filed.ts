/** Size of each story, in bytes. */
const STORY_BYTES = 5_000;

const SECTIONS = ['world', 'politics', 'sport', 'culture', 'local'];

/** How many tags and authors there are; every story has two of the tags and one of the authors. */
const TAGS = 30;
const AUTHORS = 20;

/** The date of the first story, and the time between two of them. */
export const FIRST_FILED = Date.UTC(2026, 9, 1);
const PACE_MS = 10_000;

/**
 * Stories as a newsroom files them, of words without a meaning, so that no two resemble each other.
 * @param bytes minimum size of each
 */
export function filedStories(count: number, from = 0, bytes = STORY_BYTES): { key: string; body: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const section = SECTIONS[number % SECTIONS.length] ?? 'news';
    const date = new Date(FIRST_FILED + number * PACE_MS).toISOString();
    const tags = [number % TAGS, (number * 7 + 1) % TAGS].map(tag => `topic ${tag}`);
    const word = wordsOf(number);
    const lines = [
      '---',
      `title: Council ${number} votes on the plan for the ${word()} harbour`,
      `date: ${date}`,
      `author: Reporter ${number % AUTHORS}`,
      `tags: ${tags.join(', ')}`,
      '---',
      '',
    ];
    let body = lines.join('\n');
    while (body.length < bytes) body += `\n${Array.from({ length: 40 }, word).join(' ')}.\n`;
    return { key: `${section}/story-${number}.md`, body };
  });
}

/** Words from a generator of its own for each seed. */
function wordsOf(seed: number): () => string {
  let state = seed + 1;
  return () => {
    // Linear congruential, with the constants of "Numerical Recipes".
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8).toString(36);
  };
}
