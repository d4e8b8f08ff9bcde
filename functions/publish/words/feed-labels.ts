import { ENGLISH_FEED_LABELS, FEED_LABELS, type FeedLabels } from './feed-labels-table.ts';
import { byLanguage } from './labels.ts';

/** The labels of feeds in a language (BCP 47), or else in English. */
export function feedLabels(language: string): FeedLabels {
  return byLanguage(FEED_LABELS, language) ?? ENGLISH_FEED_LABELS;
}
