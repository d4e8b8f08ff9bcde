import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { LATE_MS, withNews } from '../../../shared/model/feed-news.ts';
import { article, instant } from '../../support/articles.ts';

/** Changes of articles that subscribers must see although the date of the article is older. */

const HOUR = 3_600;
const NOW = instant(100 * HOUR);
const LATE = LATE_MS / 1_000;

const changed = (next: Partial<Article>, current?: Partial<Article>, noticeDays = 7): ArticleRecord =>
  withNews(article(next), current && article(current), { now: NOW, noticeDays });

const at = (seconds: number) => instant(100 * HOUR + seconds);

describe('a live article', () => {
  test.each([
    ['appears long after its date', { publishedAt: at(-LATE - 1) }, undefined, NOW],
    ['appears soon after its date', { publishedAt: at(-LATE) }, undefined, undefined],
    ['is released long after its date', { publishedAt: at(-LATE - 1) }, { status: 'held' }, NOW],
    [
      'is corrected long after its date',
      { publishedAt: at(-9 * HOUR), revision: 2, updatedAt: NOW },
      { revision: 1 },
      NOW,
    ],
    [
      'is corrected soon after its date',
      { publishedAt: at(-1), revision: 2, updatedAt: NOW },
      { revision: 1 },
      undefined,
    ],
    [
      'is read by a newer parser',
      { publishedAt: at(-99 * HOUR), revision: 2, updatedAt: at(-98 * HOUR) },
      { revision: 1 },
      undefined,
    ],
    [
      'is uploaded again without a change',
      { publishedAt: at(-9 * HOUR) },
      { newsAt: at(-5 * HOUR) },
      at(-5 * HOUR),
    ],
  ] as [string, Partial<Article>, Partial<Article> | undefined, string | undefined][])(
    '%s',
    (_, next, current, newsAt) => {
      expect(changed(next, current)).toEqual({ ...article(next), ...(newsAt && { newsAt }) });
    },
  );
});

describe('an article that was live', () => {
  const live = { publishedAt: at(-HOUR), section: 'sport', tags: ['Ports'] };
  const gone = {
    at: NOW,
    until: instant(100 * HOUR + 7 * 24 * HOUR),
    publishedAt: at(-HOUR),
    section: 'sport',
    tags: ['Ports'],
    authors: [{ name: 'Ada Quill' }],
  };

  test.each(['withdrawn', 'held', 'scheduled', 'duplicate'] as const)(
    'has a notice when it is %s',
    status => {
      // Its later file can have another section, so the notice names the one that readers know.
      expect(changed({ status, section: 'world', newsAt: at(-5) }, live)).toEqual({
        ...article({ status, section: 'world', updatedAt: NOW }),
        gone,
        goneAt: NOW,
      });
    },
  );

  test('has none if the settings ask for none', () => {
    expect(changed({ status: 'withdrawn' }, live, 0)).not.toHaveProperty('gone');
  });

  test('keeps its notice through later changes until the end of the notice, and no longer', () => {
    const kept = changed(
      { status: 'withdrawn', version: 3 },
      { status: 'withdrawn', gone: { ...gone, until: at(1) } },
    );
    expect(kept).toMatchObject({ gone: { until: at(1) } });
    const over = { status: 'withdrawn', gone: { ...gone, until: NOW }, goneAt: at(-5) } as const;
    const ended = changed({ status: 'withdrawn', version: 3 }, over);
    expect(ended).not.toHaveProperty('gone');
    // Its page tells it for ever.
    expect(ended).toMatchObject({ goneAt: at(-5) });
  });

  test('comes back with a later date of change, because readers replace the notice by what is newer', () => {
    const back = changed({ publishedAt: at(-HOUR) }, { status: 'withdrawn', gone: { ...gone, at: at(-5) } });
    expect(back).toEqual(article({ publishedAt: at(-HOUR), newsAt: NOW, updatedAt: NOW }));
  });
});

test('an article that was never live has no notice', () => {
  expect(changed({ status: 'withdrawn' }, { status: 'held' })).not.toHaveProperty('gone');
  expect(changed({ status: 'withdrawn' })).not.toHaveProperty('gone');
});
