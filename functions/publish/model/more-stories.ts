import type { Entry } from './entry.ts';

/** An article in a list of further stories. */
export type ListedStory = Pick<
  Entry,
  'id' | 'headline' | 'permalink' | 'publishedAt' | 'language' | 'direction'
>;

/** The stories that the page of an article lists at its end, newest first. */
export interface MoreStories {
  inSection: readonly ListedStory[];
  /** By the name of each author, without those that are listed already. */
  byAuthors: readonly { name: string; stories: readonly ListedStory[] }[];
}
