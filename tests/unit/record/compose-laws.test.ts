import {
  composeArticle,
  composeMedia,
  composeRejected,
  composeTombstone,
  composeUnpacked,
} from '../../../functions/ingest/record/compose.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import {
  type Article,
  ArticleRecord,
  type Content,
  type MediaUse,
  type ParsedArticle,
} from '../../../shared/model/article.ts';
import { article, composedAt, instant, parsed, source } from '../../support/articles.ts';

const NOW = instant(3600);
const later = source({ sequencer: '02', uploadedAt: instant(60) });
const first = composeArticle(undefined, parsed(), source(), composedAt(NOW));
const next = (before: ArticleRecord | undefined, fields: Partial<ParsedArticle> = {}, at = later) =>
  composeArticle(before, parsed(fields), at, composedAt(NOW));

/** Fields that readers see, each with another value than a story has by itself. */
const SEEN: Partial<Record<keyof Content, unknown>> = {
  headline: 'Harbour opens',
  dek: 'Ships may enter.',
  authors: [{ name: 'Ben Quire' }],
  dateline: { place: 'Skagen' },
  language: 'da',
  direction: 'rtl',
  section: 'sport',
  tags: ['Ships'],
  summary: 'It is open.',
  keyPoints: ['Open'],
  correction: 'An earlier version had the wrong date.',
  image: { url: 'https://example.org/a.png' },
  related: [{ title: 'The storm' }],
  canonicalUrl: 'https://example.org/harbour',
  siteName: 'The Coast',
  attachments: [{ url: 'https://example.org/a.mp3', type: 'audio/mpeg', length: 1 }],
  contentHash: 'hash-2',
};

/** Fields that say how a file was read or what is to be done with it, and change nothing that readers see. */
const UNSEEN: Partial<Record<keyof Content, unknown>> = {
  headlineFrom: 'document',
  summaryStated: true,
  bodyHtml: '<p>The same body, said to be the same.</p>',
  wordCount: 5,
  readingMinutes: 2,
  pinned: true,
  nearHash: 'near',
  parserVersion: '2',
  warnings: ['A guess.'],
  expiresAt: instant(90_000),
};

describe('a revision', () => {
  test.each(Object.entries(SEEN))('is made by another %s', (field, value) => {
    const changed = next(first, { [field]: value });
    expect(changed).toMatchObject({ revision: 2, updatedAt: instant(60) });
    // Taken away again it is a revision too.
    expect(next(changed, {}, source({ sequencer: '03', uploadedAt: instant(90) })).revision).toBe(3);
  });

  test.each(Object.entries(UNSEEN))('is not made by another %s', (field, value) => {
    const again = next(first, { [field]: value });
    expect(again).toMatchObject({ revision: 1, updatedAt: instant(0), version: 2 });
    expect(again[field as keyof Article]).toEqual(value);
  });

  test('is made by any of several fields, and counts once', () => {
    expect(next(first, { dek: 'x', tags: [] }).revision).toBe(2);
  });

  const use = (fields: Partial<MediaUse> = {}): MediaUse => ({
    key: 'world/a.jpg',
    as: 'picture',
    ...fields,
  });
  const file = { type: 'image/jpeg', length: 10 } as const;

  test('is made by media that the story names, and not by their arrival', () => {
    const shown = next(first, { media: [use()] });
    expect(shown.revision).toBe(2);
    const third = source({ sequencer: '03', uploadedAt: instant(90) });
    expect(next(shown, { media: [use({ file })] }, third).revision).toBe(2);
    expect(next(shown, { media: [use({ title: 'A pier' })] }, third).revision).toBe(3);
    expect(next(shown, { media: [] }, third).revision).toBe(3);
  });

  test('is not made by a picture that only lies beside the story', () => {
    expect(next(first, { media: [use({ as: 'beside' })] }).revision).toBe(1);
  });

  test('is a second later than the one before, where the clock is not', () => {
    const same = next(first, { dek: 'x' }, source({ sequencer: '02', uploadedAt: first.updatedAt }));
    expect(same.updatedAt).toBe(instant(1));
  });
});

describe('the date of an article', () => {
  const dated = (fields: Partial<ParsedArticle>, saved?: string) =>
    composeArticle(undefined, parsed(fields), source({ savedAt: saved }), composedAt(NOW));

  test('is when its file was saved, where it states none and that was before the upload', () => {
    expect(dated({}, instant(-60))).toMatchObject({ publishedAt: instant(-60), publishedFrom: 'file' });
    expect(dated({}, instant(0))).toMatchObject({ publishedAt: instant(0), publishedFrom: 'file' });
    expect(dated({}, instant(1))).toMatchObject({ publishedAt: instant(0), publishedFrom: 'upload' });
  });

  test('stays that of the first upload, where no upload states one', () => {
    const saved = dated({}, instant(-60));
    expect(next(saved)).toMatchObject({ publishedAt: instant(-60), publishedFrom: 'file' });
    const stated = dated({ publishedAt: instant(-300), publishedFrom: 'text' });
    expect(next(stated)).toMatchObject({ publishedAt: instant(60), publishedFrom: 'upload' });
  });

  test('is the end of its embargo, where that is later', () => {
    const embargoed = (end: number) =>
      dated({ publishedAt: instant(10), publishedFrom: 'text', embargoUntil: instant(end) });
    expect(embargoed(11)).toMatchObject({ publishedAt: instant(11), publishedFrom: 'embargo' });
    expect(embargoed(10)).toMatchObject({ publishedAt: instant(10), publishedFrom: 'text' });
    expect(embargoed(9)).toMatchObject({ publishedAt: instant(10), publishedFrom: 'text' });
    expect(dated({ publishedAt: instant(10) }).publishedFrom).toBe('document');
  });

  test('of the first version’s change is what the copy states, between its publication and its upload', () => {
    const changed = (at: number) =>
      dated({ publishedAt: instant(-300), publishedFrom: 'text', modifiedAt: instant(at) }).updatedAt;
    expect(changed(-100)).toBe(instant(-100));
    expect(changed(0)).toBe(instant(0));
    expect(changed(1)).toBe(instant(-300));
    expect(changed(-400)).toBe(instant(-300));
  });
});

describe('a notice without words', () => {
  const notice = (fields: Partial<ParsedArticle> = {}) =>
    parsed({
      bodyText: '',
      bodyHtml: '',
      headline: 'story',
      contentHash: 'none',
      warnings: ['Cancelled.'],
      parserVersion: '2',
      ...fields,
    });
  const wire = { ids: ['tag:1'], cancels: [] };

  test('withdraws the story of its key and keeps its words', () => {
    const gone = composeArticle(
      { ...first, wire, refused: { etag: 'x' } },
      notice({ withdraw: true }),
      later,
      composedAt(NOW),
    );
    expect(gone).toMatchObject({
      status: 'withdrawn',
      withdrawnBy: 'source',
      headline: first.headline,
      bodyHtml: first.bodyHtml,
      contentHash: first.contentHash,
      revision: 1,
      version: 2,
      warnings: ['Cancelled.'],
      parserVersion: '2',
      wire,
      source: { sequencer: '02', format: 'text', charset: 'utf-8' },
    });
    expect(gone.refused).toBeUndefined();
    expect(ArticleRecord.parse(gone)).toEqual(JSON.parse(JSON.stringify(gone)));
    expect(next(gone, {}, source({ sequencer: '03' })).status).toBe('live');
  });

  test('holds the story, and ends no embargo or expiry that it does not name', () => {
    const waiting = composeArticle(
      undefined,
      parsed({ embargoUntil: instant(7200), expiresAt: instant(9000) }),
      source(),
      composedAt(NOW),
    );
    const held = composeArticle(waiting, notice({ hold: 'Hold it.' }), later, composedAt(NOW));
    expect(held).toMatchObject({
      status: 'held',
      hold: 'Hold it.',
      embargoUntil: instant(7200),
      expiresAt: instant(9000),
    });
    const moved = composeArticle(
      waiting,
      notice({ embargoUntil: instant(8000), expiresAt: instant(8500) }),
      later,
      composedAt(NOW),
    );
    expect(moved).toMatchObject({ embargoUntil: instant(8000), expiresAt: instant(8500) });
    const named = composeArticle(waiting, notice({ wire }), later, composedAt(NOW));
    expect(named.wire).toEqual(wire);
  });

  test('that comes first makes no story, and the story that comes after it is the first', () => {
    const alone = composeArticle(undefined, notice({ withdraw: true }), source(), composedAt(NOW));
    expect(alone).toMatchObject({ status: 'withdrawn', revision: 0, contentHash: `none-${alone.id}` });
    const story = next(alone);
    expect(story).toMatchObject({
      status: 'live',
      revision: 1,
      slug: 'harbour-reopens',
      updatedAt: instant(60),
    });
    const killed = { ...alone, withdrawnBy: undefined };
    expect(composeTombstone(killed, later, composedAt(NOW))).toMatchObject({ killed: true });
    expect(composeTombstone(killed, later, composedAt(NOW)).slug).toBeUndefined();
  });
});

describe('cancellations by other files', () => {
  test('that an editor has overruled stay overruled with the next upload', () => {
    const before = article({ cancelledBy: ['other'], restored: ['other'] });
    expect(next(before).restored).toEqual(['other']);
    expect('restored' in next(article())).toBe(false);
  });
});

describe('a released hold', () => {
  test('takes its own warning away and leaves the others', () => {
    const released = { ...next(undefined, { hold: 'h' }), released: 'h' };
    const again = next(released, { hold: 'h', warnings: ['h', 'A guess.'] }, source({ sequencer: '03' }));
    expect(again).toMatchObject({ released: 'h', warnings: ['A guess.'] });
    const free = next(released, { warnings: ['A guess.'] }, source({ sequencer: '03' }));
    expect(free.released).toBeUndefined();
    expect(free.warnings).toEqual(['A guess.']);
  });
});

describe('a rejected upload', () => {
  const rejection = new Rejection('empty', 'It holds no words.');

  test('of a new key is a record with its reason, and keeps what the key was', () => {
    const alone = composeRejected(undefined, rejection, source(), '1', composedAt(NOW));
    expect(alone).toEqual({
      id: first.id,
      guid: first.guid,
      source: source(),
      version: 1,
      ingestedAt: NOW,
      status: 'rejected',
      reason: { code: 'empty', message: 'It holds no words.' },
      warnings: [],
      parserVersion: '1',
    });
    const gone = composeTombstone(first, later, composedAt(NOW));
    const again = composeRejected(gone, rejection, source({ sequencer: '03' }), '1', composedAt(NOW));
    expect(again).toMatchObject({
      status: 'rejected',
      slug: first.slug,
      permalink: first.permalink,
      revision: 1,
      version: 3,
    });
  });

  test('is remembered by its version, and leaves the other warnings of a good article', () => {
    const good = { ...first, warnings: ['A guess.', 'A later upload was rejected: before.'] };
    const kept = composeRejected(
      good,
      rejection,
      source({ sequencer: '02', versionId: 'v2', etag: 'e2' }),
      '2',
      composedAt(NOW),
    );
    expect(kept).toMatchObject({ refused: { versionId: 'v2', etag: 'e2' }, parserVersion: '2', version: 2 });
    expect(kept.warnings).toEqual(['A guess.', 'A later upload was rejected: It holds no words.']);
  });

  test('leaves a good picture as it was', () => {
    const kept = composeRejected(picture, rejection, later, '1', composedAt(NOW));
    expect(kept).toMatchObject({
      status: 'media',
      file: picture.file,
      warnings: ['A later upload was rejected: It holds no words.'],
    });
  });
});

const file = { type: 'image/jpeg', length: 10, key: 'media/a', sha256: '00' } as const;
const picture = composeMedia(
  undefined,
  { source: source({ key: 'a.jpg' }), file, parserVersion: '1' },
  composedAt(NOW),
);

describe('what is no article now', () => {
  const killed = article({ status: 'withdrawn' });
  const archive = { source: later, members: ['m'], warnings: ['w'], parserVersion: '1' };
  const KINDS = {
    tombstone: (current?: ArticleRecord) => composeTombstone(current, later, composedAt(NOW)),
    archive: (current?: ArticleRecord) => composeUnpacked(current, archive, composedAt(NOW)),
    picture: (current?: ArticleRecord) =>
      composeMedia(current, { source: later, file, parserVersion: '1' }, composedAt(NOW)),
  };

  test.each(Object.entries(KINDS))(
    'a %s keeps the address, the revisions and the kill of its key',
    (_, compose) => {
      const { slug, permalink } = first;
      expect(compose(first)).toMatchObject({ slug, permalink, revision: 1, version: 2 });
      expect(compose(first)).not.toHaveProperty('killed');
      expect(compose(killed)).toMatchObject({ killed: true });
      expect(next(compose(killed), {}, source({ sequencer: '03' })).status).toBe('withdrawn');
      expect(compose(compose(killed))).toMatchObject({ killed: true });
      expect(ArticleRecord.parse(compose(first))).toBeDefined();
    },
  );

  test.each(Object.entries(KINDS))('a %s of a new key has nothing to keep', (_, compose) => {
    const made = compose(undefined);
    expect(made).toMatchObject({ id: first.id, version: 1 });
    expect([made.slug, made.permalink, made.revision, made.killed]).toEqual(Array(4).fill(undefined));
  });

  test('each is what it is', () => {
    expect(KINDS.archive(first)).toMatchObject({ ...archive, status: 'unpacked' });
    expect(picture).toMatchObject({ file, warnings: [], status: 'media', parserVersion: '1' });
    const { etag, size } = composeTombstone(
      undefined,
      { bucket: 'intake', key: 'a', sequencer: '01', uploadedAt: NOW },
      composedAt(NOW),
    ).source;
    expect([etag, size]).toEqual(['', 0]);
    expect(composeTombstone(first, later, composedAt(NOW)).source).toMatchObject({
      etag: 'e1',
      size: 100,
      sequencer: '02',
    });
  });

  test('an article that comes back is news of the day it came back', () => {
    const gone = composeTombstone(first, later, composedAt(NOW));
    const back = source({ sequencer: '03', uploadedAt: instant(120) });
    expect(
      next(gone, { publishedAt: instant(-60), publishedFrom: 'text', modifiedAt: instant(-30) }, back),
    ).toMatchObject({
      revision: 2,
      updatedAt: instant(120),
    });
  });
});

test('an article has a hash for what nearly equals it: its own, or one of its words', () => {
  expect(next(undefined, { nearHash: 'given' }).nearHash).toBe('given');
  const words = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ');
  const [one, two] = [words, words.toUpperCase()].map(bodyText => next(undefined, { bodyText }).nearHash);
  expect(one).toBe(two);
  expect(one).toMatch(/./);
});
