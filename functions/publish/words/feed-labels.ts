import { ENGLISH_FEED_LABELS, FEED_LABELS, type FeedLabels } from './feed-labels-table.ts';
import { primaryLanguage } from './labels.ts';

/** The words around feeds in a language (BCP 47), in English where there are none in it. */
export function feedLabels(language: string): FeedLabels {
  return FEED_LABELS.get(primaryLanguage(language)) ?? ENGLISH_FEED_LABELS;
}
