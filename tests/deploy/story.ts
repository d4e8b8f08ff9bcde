import type { Chapter, ChapterOptions } from './chapter.ts';
import { adoption } from './chapters/adoption.ts';
import { bulkRuns } from './chapters/bulk-runs.ts';
import { deadLetters } from './chapters/dead-letters.ts';
import { deskInBrowser } from './chapters/desk.ts';
import { domain } from './chapters/domain.ts';
import { filedEmbargo, releasedEmbargo } from './chapters/embargo.ts';
import { firstStories } from './chapters/first-stories.ts';
import { everyFormat } from './chapters/formats.ts';
import { mailbox } from './chapters/mailbox.ts';
import { orders } from './chapters/orders.ts';
import { outage } from './chapters/outage.ts';
import { policies } from './chapters/policies.ts';
import { rollback } from './chapters/rollback.ts';
import { stage } from './chapters/stage.ts';
import { unchanged } from './chapters/unchanged.ts';

/** The first chapter, which all others need. */
const FIRST = 'stories';

/**
 * The life of a stack, from an empty account back to it, in order. A chapter that compares all files comes after the end
 * of the embargo, or the embargo could end between its two looks.
 */
const STORY: readonly (readonly [name: string, chapter: Chapter])[] = [
  [FIRST, firstStories],
  ['embargo', filedEmbargo],
  ['formats', everyFormat],
  ['dead-letters', deadLetters],
  ['release', releasedEmbargo],
  ['orders', orders],
  ['bulk', bulkRuns],
  ['policies', policies],
  ['desk', deskInBrowser],
  ['outage', outage],
  ['domain', domain],
  ['rollback', rollback],
  ['unchanged', unchanged],
  ['mailbox', mailbox],
  ['stage', stage],
  ['adoption', adoption],
];

/** The names of the chapters, in order. */
export const CHAPTERS: readonly string[] = STORY.map(([name]) => name);

/**
 * Tells the story, or some chapters of it.
 * @param names names of chapters. Without any, all are told
 * @throws Error in the step that fails
 */
export async function tellStory(names: readonly string[], options: ChapterOptions): Promise<void> {
  const isTold = (name: string) => names.length === 0 || name === FIRST || names.includes(name);
  for (const [name, chapter] of STORY) if (isTold(name)) await chapter(options);
}
