import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { dueInstant, isOnHold, isStated, nextChangeOf, statusAt } from '../../../shared/model/schedule.ts';
import { article, instant, source } from '../../support/articles.ts';

const NOW = instant(3600);
const at = (fields: Partial<Article>, before?: ArticleRecord) => statusAt(article(fields), NOW, before);

const REASONS: [name: string, fields: Partial<Article>, status: ReturnType<typeof statusAt>][] = [
  ['a withdrawal by its file', { withdraw: true }, { status: 'withdrawn', withdrawnBy: 'source' }],
  ['a cancellation', { cancelledBy: ['a'] }, { status: 'withdrawn', withdrawnBy: 'cancellation' }],
  ['its expiry', { expiresAt: NOW }, { status: 'withdrawn', withdrawnBy: 'expiry' }],
  ['a hold', { hold: 'h' }, { status: 'held' }],
  ['an embargo', { embargoUntil: instant(3601) }, { status: 'scheduled' }],
];

test.each(REASONS)(
  '%s keeps a story from being public, whatever milder reason there is beside it',
  (_, fields, status) => {
    expect(at(fields)).toEqual(status);
    const milder = REASONS.slice(REASONS.findIndex(([, each]) => each === fields));
    for (const [, other] of milder) expect(at({ ...other, ...fields })).toEqual(status);
  },
);

test('an editor’s kill is stricter than all of them, and outlives the deletion of the file', () => {
  const killed = article({ status: 'withdrawn' });
  const deleted: ArticleRecord = {
    id: 'i',
    guid: 'g',
    source: source(),
    version: 2,
    ingestedAt: NOW,
    status: 'deleted',
    killed: true,
  };
  for (const before of [killed, deleted])
    for (const [, fields] of [['', {}] as const, ...REASONS])
      expect(at(fields, before)).toEqual({ status: 'withdrawn' });
  expect(at({}, article({ status: 'withdrawn', withdrawnBy: 'source' }))).toEqual({ status: 'live' });
  expect(at({}, { ...deleted, killed: undefined })).toEqual({ status: 'live' });
});

test('a story is live at the instant its embargo ends, and until the instant it expires', () => {
  expect(at({ embargoUntil: NOW }).status).toBe('live');
  expect(at({ embargoUntil: instant(3600.001) }).status).toBe('scheduled');
  expect(at({ expiresAt: instant(3600.001) }).status).toBe('live');
});

test('one cancellation that no editor has overruled withdraws a story', () => {
  expect(at({ cancelledBy: ['a', 'b'], restored: ['a'] }).status).toBe('withdrawn');
  expect(at({ cancelledBy: ['a', 'b'], restored: ['b', 'a'] }).status).toBe('live');
  expect(at({ restored: ['a'] }).status).toBe('live');
});

test('a hold ends when an editor releases it, and no other', () => {
  expect(isOnHold({ hold: 'h' })).toBe(true);
  expect(isOnHold({ hold: 'h', released: 'other' })).toBe(true);
  expect(isOnHold({ hold: 'h', released: 'h' })).toBe(false);
  expect(isOnHold({ released: 'h' })).toBe(false);
});

test('a story is due at the later of its embargo and the date that its copy states', () => {
  const due = (fields: Partial<Article>) =>
    dueInstant(article({ publishedFrom: 'text', publishedAt: instant(10), ...fields }));
  expect(due({})).toBe(instant(10));
  expect(due({ embargoUntil: instant(9) })).toBe(instant(10));
  expect(due({ embargoUntil: instant(11) })).toBe(instant(11));
});

test.each(['upload', 'file', 'release'] as const)(
  'a date that is that of the %s makes nobody wait',
  publishedFrom => {
    expect(isStated(publishedFrom)).toBe(false);
    const fields = { publishedFrom, publishedAt: instant(9000) };
    expect(dueInstant(article(fields))).toBe('');
    expect(dueInstant(article({ ...fields, embargoUntil: instant(8000) }))).toBe(instant(8000));
    expect(at(fields).status).toBe('live');
  },
);

test.each(['text', 'front-matter', 'embargo', 'json-ld'] as const)(
  'a date from %s is a statement',
  publishedFrom => {
    expect(isStated(publishedFrom)).toBe(true);
    expect(at({ publishedFrom, publishedAt: instant(9000) }).status).toBe('scheduled');
  },
);

test('time alone changes what is scheduled, when it is due, and what is live or waits behind an equal story, when it expires', () => {
  const fields = { publishedFrom: 'text' as const, publishedAt: instant(9000), expiresAt: instant(9500) };
  const next = (status: Article['status']) => nextChangeOf(article({ ...fields, status }));
  expect(next('scheduled')).toBe(instant(9000));
  for (const status of ['live', 'duplicate'] as const) expect(next(status)).toBe(instant(9500));
  for (const status of ['held', 'withdrawn'] as const) expect(next(status)).toBeUndefined();
  expect(nextChangeOf(article())).toBeUndefined();
});
