import type { Article } from '../../../shared/model/article.ts';
import { Entry } from '../model/entry.ts';
import { withShownMedia } from './media-shown.ts';

/** The entry of an article, with only its media that exist. Absent fields are left out. */
export function entryOf(full: Article): Entry {
  const article = withShownMedia(full);
  const fields = Object.keys(Entry.shape) as (keyof Entry)[];
  const present = fields.filter(field => article[field] !== undefined);
  return Object.fromEntries(present.map(field => [field, article[field]])) as Entry;
}
