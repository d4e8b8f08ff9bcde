import { ArticleRecord, PublishedFrom } from '../../../shared/model/article.ts';
import { article } from '../../support/articles.ts';

const isRecord = (publishedFrom: string) => ArticleRecord.safeParse({ ...article(), publishedFrom }).success;

test.each(PublishedFrom.options)('a date can come from %s', publishedFrom => {
  expect(isRecord(publishedFrom)).toBe(true);
});

test('a date comes from a source that exists', () => {
  expect(isRecord('guess')).toBe(false);
});
