import { textOf } from '../../model/dom.ts';
import { NOTICE_TOPICS } from '../../words/html/notices.ts';
import type { PageBox } from './measure.ts';

/** Number of topics of notices that the box speaks of. */
export function topicsOf({ element }: PageBox): number {
  const lower = textOf(element).toLowerCase();
  return NOTICE_TOPICS.filter(topic => topic.test(lower)).length;
}
