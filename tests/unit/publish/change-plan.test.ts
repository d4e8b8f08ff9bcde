import {
  changedSince,
  changeNow,
  isUnseen,
  membersToChange,
  newArticlesIn,
  splitByStatus,
  withoutUnseen,
} from '../../../functions/publish/jobs/change-plan.ts';
import { changeTo } from '../../../functions/publish/model/change.ts';
import type { Records } from '../../../functions/publish/model/records.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { article, instant } from '../../support/articles.ts';
import { SITE } from '../feeds/sample.ts';

const ARTICLES = { idOf: (key: string) => articleId('copydesk', key) };
const AT = new Map([['all', 0]]);

function records(...list: ArticleRecord[]): Records {
  return new Map(list.map(record => [record.id, record]));
}

const live = article({ id: 'live' });
const killed = article({ id: 'killed', status: 'withdrawn' });
const held = article({ id: 'held', status: 'held' });

/** The notice of an article that left the site. */
const NOTICE = {
  at: instant(1),
  until: instant(2),
  publishedAt: instant(0),
  section: 'world',
  tags: [],
  authors: [],
};

test('an article that was never live is unseen, and a withdrawn one that has a position is not', () => {
  const stored = records(live, killed, held);
  const positions = new Map([['killed', AT]]);
  const unseen = ['live', 'killed', 'held', 'missing'].filter(id => isUnseen(id, stored, positions));
  expect(unseen).toEqual(['held', 'missing']);
});

test('the notice of an article that was never public is left out, and that of a public one stays', () => {
  const gone = NOTICE;
  const stored = records({ ...killed, gone }, { ...held, gone });
  const shown = withoutUnseen(stored, new Map([['killed', AT]]));
  expect(shown.get('killed')).toHaveProperty('gone', gone);
  expect(shown.get('held')).toEqual(held);
});

test('only live articles are on the site: all others, also lost ones, are gone', () => {
  const changes = ['live', 'killed', 'held', 'missing'].map(id => changeTo(id));
  const { gone, live: shown } = splitByStatus(changes, records(live, killed, held));
  expect([gone, shown].map(some => some.map(({ id }) => id))).toEqual([
    ['killed', 'held', 'missing'],
    ['live'],
  ]);
});

test('an article is new only if it is live, was not live before, and is in lists', () => {
  const page = article({ id: 'page', permalink: 'about/index.html' });
  const known = article({ id: 'known' });
  const changes = [
    ...['live', 'page', 'held', 'missing'].map(id => changeTo(id, { isNew: true })),
    changeTo('known'),
  ];
  expect([...newArticlesIn(changes, records(live, page, held, known)).keys()]).toEqual(['live']);
});

test.each([
  ['is the same', live, []],
  ['has another field', { ...live, headline: 'Later' }, ['live']],
  ['is gone', undefined, ['live']],
])('a change is published again unless its record %s', (_, now, pending) => {
  const read = { before: records(live), now: new Map([['live', now]]), seen: new Map() };
  expect(changedSince([changeTo('live')], read).map(({ id }) => id)).toEqual(pending);
});

test('a change is also published again if its article became public meanwhile', () => {
  const same = records(killed, held);
  const changes = [changeTo('killed'), changeTo('held')];
  const again = changedSince(changes, { before: same, now: same, seen: new Map([['killed', AT]]) });
  expect(again).toEqual([changeTo('killed')]);
});

test('the change of a live record names every edition and file that shows it', () => {
  const media = [{ key: 'world/a.jpg', as: 'image' as const }];
  const record = article({ id: 'live', media, aliases: ['/old/'], newsAt: instant(5) });
  expect(changeNow('live', record, ARTICLES)).toEqual({
    id: 'live',
    editions: [
      { kind: 'all' },
      { kind: 'section', name: 'world' },
      { kind: 'tag', name: 'Ports' },
      { kind: 'author', name: 'Ada Quill' },
    ],
    dates: [record.publishedAt],
    news: [instant(5)],
    permalinks: [record.permalink],
    aliases: ['/old/'],
    media: [articleId('copydesk', 'world/a.jpg')],
  });
});

test.each([
  ['is not live', killed],
  ['is missing', undefined],
])('the change of a record that %s names nothing', (_, record) => {
  expect(changeNow('killed', record, ARTICLES)).toEqual(changeTo('killed'));
});

test('an article leaves the editions of its change, and enters those of its record', () => {
  const change = changeTo('live', {
    editions: [{ kind: 'section', name: 'sport' }],
    dates: [instant(1), instant(2)],
    news: [instant(3)],
  });
  const { remove, enter } = membersToChange([change], records(article({ id: 'live', tags: [] })), SITE);
  expect(remove).toEqual([
    { edition: 'sections/sport', publishedAt: instant(1), id: 'live' },
    { edition: 'sections/sport', publishedAt: instant(2), id: 'live' },
    { edition: 'news/sections/sport', publishedAt: instant(3), id: 'live' },
  ]);
  expect(enter.map(({ edition }) => edition)).toEqual(['all', 'sections/world', 'authors/ada-quill']);
});

test('a withdrawn article enters no edition, and with a notice it enters the news of its editions', () => {
  const change = changeTo('killed');
  expect(membersToChange([change], records(killed), SITE).enter).toEqual([]);
  const noticed = { ...killed, gone: NOTICE };
  expect(membersToChange([change], records(noticed), SITE).enter).toEqual([
    { edition: 'news/all', publishedAt: `~${instant(1)}`, id: 'killed' },
    { edition: 'news/sections/world', publishedAt: `~${instant(1)}`, id: 'killed' },
  ]);
  const editions = [{ kind: 'all' as const }, { kind: 'section' as const, name: 'world' }];
  expect(changeNow('killed', noticed, ARTICLES)).toEqual(changeTo('killed', { editions }));
});
