import {
  composeArticle,
  composeRejected,
  composeTombstone,
} from '../../../functions/ingest/record/compose.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { type Article, ArticleRecord } from '../../../shared/model/article.ts';
import { nextChangeOf, statusAt } from '../../../shared/model/schedule.ts';
import { article, composedAt, instant, parsed, source } from '../../support/articles.ts';

const NOW = instant(3600);

const first = composeArticle(undefined, parsed(), source(), composedAt(NOW));

test('a first upload is revision 1, published when it was uploaded where it states no date', () => {
  expect(first).toMatchObject({
    revision: 1,
    version: 1,
    status: 'live',
    publishedAt: instant(0),
    publishedFrom: 'upload',
    updatedAt: instant(0),
    permalink: `articles/harbour-reopens-${first.id}.html`,
  });
  expect(ArticleRecord.parse(first)).toEqual(first);
});

test('a correction keeps id, guid, slug and date, counts a revision and is newer', () => {
  const corrected = parsed({ headline: 'Harbour reopens at last', contentHash: 'hash-2' });
  const second = composeArticle(
    first,
    corrected,
    source({ sequencer: '02', uploadedAt: instant(60) }),
    composedAt(NOW),
  );
  expect(second).toMatchObject({
    id: first.id,
    guid: first.guid,
    slug: first.slug,
    permalink: first.permalink,
    publishedAt: first.publishedAt,
    updatedAt: instant(60),
    revision: 2,
  });
});

test('a correction uploaded by a clock that is behind is newer all the same', () => {
  const second = composeArticle(
    first,
    parsed({ dek: 'x' }),
    source({ uploadedAt: instant(-60) }),
    composedAt(NOW),
  );
  expect(second.updatedAt > first.updatedAt).toBe(true);
});

test('an equal upload is no revision, whatever the order of fields in what the table gave back', () => {
  const image = { url: 'https://example.org/a.png', alt: 'A pier' };
  const before = composeArticle(undefined, parsed({ image }), source(), composedAt(NOW));
  const stored = { ...before, image: { alt: image.alt, url: image.url } };
  const again = composeArticle(
    stored,
    parsed({ image }),
    source({ sequencer: '02', uploadedAt: instant(60) }),
    composedAt(NOW),
  );
  expect(again).toMatchObject({ revision: 1, updatedAt: before.updatedAt, version: 2 });
});

test('what is dated or under embargo later than now is scheduled, and not dated before it is public', () => {
  const embargoed = composeArticle(
    undefined,
    parsed({ publishedAt: instant(0), embargoUntil: instant(7200) }),
    source(),
    composedAt(NOW),
  );
  expect(embargoed).toMatchObject({ status: 'scheduled', publishedAt: instant(7200) });
  const future = composeArticle(undefined, parsed({ publishedAt: instant(7200) }), source(), composedAt(NOW));
  expect(future.status).toBe('scheduled');
  expect(
    composeArticle(undefined, parsed({ publishedAt: instant(7200) }), source(), composedAt(instant(7200)))
      .status,
  ).toBe('live');
});

test('a story that was held is dated by the upload that ends the hold', () => {
  const held = composeArticle(undefined, parsed({ hold: 'It is a draft.' }), source(), composedAt(NOW));
  const later = source({ sequencer: '02', uploadedAt: instant(60) });
  expect(composeArticle(held, parsed(), later, composedAt(NOW))).toMatchObject({ publishedAt: instant(60) });
  const dated = parsed({ publishedAt: instant(5), publishedFrom: 'text' });
  expect(composeArticle(held, dated, later, composedAt(NOW))).toMatchObject({ publishedAt: instant(5) });
});

describe('a hold', () => {
  const held = composeArticle(undefined, parsed({ hold: 'It is a draft.' }), source(), composedAt(NOW));
  const released = { ...held, status: 'live' as const, released: held.hold };
  const next = (before: Article, hold?: string, sequencer = '02') =>
    composeArticle(
      before,
      parsed({ hold, warnings: hold ? [hold] : [] }),
      source({ sequencer }),
      composedAt(NOW),
    );

  test('keeps a story from being public, whatever its dates say, but a withdrawal is stricter', () => {
    expect(held.status).toBe('held');
    expect(nextChangeOf(held)).toBeUndefined();
    const dates = { embargoUntil: instant(7200), publishedAt: instant(7200) };
    expect(composeArticle(undefined, parsed({ hold: 'x', ...dates }), source(), composedAt(NOW)).status).toBe(
      'held',
    );
    for (const stricter of [{ withdraw: true }, { expiresAt: instant(10) }])
      expect(
        composeArticle(undefined, parsed({ hold: 'x', ...stricter }), source(), composedAt(NOW)).status,
      ).toBe('withdrawn');
  });

  test('ends with an upload that does not state it', () => {
    expect(next(held).status).toBe('live');
  });

  test('that an editor has released does not come back with the same statement', () => {
    expect(next(released, held.hold)).toMatchObject({ status: 'live', released: held.hold, warnings: [] });
    expect(next(next(released, held.hold), held.hold, '03').status).toBe('live');
  });

  test('that is another than the released one holds the story again', () => {
    const other = next(released, 'It is under embargo.');
    expect(other.status).toBe('held');
    expect(other.warnings).toEqual(['It is under embargo.']);
    // So does the same one, stated anew after it was taken back.
    expect(next(next(released), held.hold, '03').status).toBe('held');
    const notice = parsed({ bodyText: '', withdraw: true });
    const killed = composeArticle(released, notice, source({ sequencer: '02' }), composedAt(NOW));
    expect(next(killed, held.hold, '03').status).toBe('held');
  });

  test('that a later parser words differently stays released for the upload that was released', () => {
    const again = next(released, 'The front matter says that it is a draft.', '01');
    expect(again.status).toBe('live');
    expect(next(again, again.hold).status).toBe('live');
  });

  test('waits for the embargo beside it once it is released', () => {
    const both = composeArticle(
      undefined,
      parsed({ hold: 'x', embargoUntil: instant(7200) }),
      source(),
      composedAt(NOW),
    );
    const { status } = statusAt({ ...both, released: 'x' }, NOW);
    expect(status).toBe('scheduled');
  });
});

test('an expired article is withdrawn until the source says otherwise', () => {
  const expired = composeArticle(undefined, parsed({ expiresAt: instant(10) }), source(), composedAt(NOW));
  expect(expired.status).toBe('withdrawn');
  expect(composeArticle(expired, parsed(), source({ sequencer: '02' }), composedAt(NOW)).status).toBe('live');
});

test('an editor’s kill outlives every upload', () => {
  const killed = article({ status: 'withdrawn' });
  expect(
    composeArticle(killed, parsed({ contentHash: 'other' }), source({ sequencer: '02' }), composedAt(NOW))
      .status,
  ).toBe('withdrawn');
});

test('a rejected upload leaves a good article as it was, with a warning', () => {
  const rejection = new Rejection('empty', 'It holds no words.');
  const kept = composeRejected(
    first,
    rejection,
    source({ sequencer: '02', versionId: 'v2' }),
    '1',
    composedAt(NOW),
  );
  expect(kept).toMatchObject({ status: 'live', revision: 1, bodyHtml: first.bodyHtml });
  expect(kept.source).toMatchObject({ sequencer: '02' });
  expect(kept.source.versionId).toBe(first.source.versionId);
  expect(kept.warnings).toEqual(['A later upload was rejected: It holds no words.']);
  const twice = composeRejected(kept, rejection, source({ sequencer: '03' }), '1', composedAt(NOW));
  expect(twice.warnings).toHaveLength(1);
});

test('a key that comes back after its deletion is the same article again', () => {
  const gone = composeTombstone(first, source({ sequencer: '02' }), composedAt(NOW));
  expect(gone).toMatchObject({ status: 'deleted', permalink: first.permalink });
  expect(ArticleRecord.parse(gone)).toEqual(gone);
  const back = composeArticle(
    gone,
    parsed({ headline: 'Other' }),
    source({ sequencer: '03' }),
    composedAt(NOW),
  );
  expect(back).toMatchObject({
    id: first.id,
    guid: first.guid,
    permalink: first.permalink,
    revision: 2,
    version: 3,
  });
});

describe('when an article says that it was changed', () => {
  const EMBARGO = { embargoUntil: instant(60), headline: 'Under embargo', contentHash: 'hash-2' };
  const rewritten = source({ sequencer: '02', uploadedAt: instant(5) });
  const embargoed = composeArticle(first, parsed(EMBARGO), rewritten, composedAt(instant(10)));
  const released: Article = { ...embargoed, status: 'live', version: 3 };
  /** Uploaded before the embargo ended, told afterwards. */
  const late = source({ sequencer: '05', uploadedAt: instant(41) });
  const seen = ({ updatedAt, publishedAt }: Article) => (updatedAt > publishedAt ? updatedAt : publishedAt);

  test.each([
    ['a correction', parsed({ headline: 'Corrected', contentHash: 'hash-3' })],
    ['the same copy without its embargo', parsed({ ...EMBARGO, embargoUntil: undefined })],
  ])('%s that comes late does not go back behind the end of the embargo', (_, copy) => {
    const next = composeArticle(released, copy, late, composedAt(instant(70)));
    expect(next.publishedAt < released.publishedAt).toBe(true);
    expect(seen(next) >= seen(released)).toBe(true);
    if (next.revision > released.revision) expect(seen(next) > seen(released)).toBe(true);
  });

  test('what comes back after a deletion is later than what readers saw before it', () => {
    const gone = composeTombstone(
      released,
      source({ sequencer: '03', uploadedAt: instant(30) }),
      composedAt(instant(70)),
    );
    const rejected = composeRejected(
      gone,
      new Rejection('empty', 'It is empty.'),
      late,
      '1',
      composedAt(instant(71)),
    );
    const back = composeArticle(rejected, parsed({ headline: 'Other' }), late, composedAt(instant(72)));
    expect(seen(back) > seen(released)).toBe(true);
  });

  test('what readers saw before a deletion is not forgotten under an embargo that is lifted', () => {
    const gone = composeTombstone(
      first,
      source({ sequencer: '02', uploadedAt: instant(30) }),
      composedAt(instant(30)),
    );
    const held = composeArticle(
      gone,
      parsed({ ...EMBARGO, embargoUntil: instant(900) }),
      source({ sequencer: '03', uploadedAt: instant(35) }),
      composedAt(instant(36)),
    );
    const dated = { headline: 'Other', publishedAt: instant(0), publishedFrom: 'front-matter' as const };
    const back = composeArticle(held, parsed(dated), late, composedAt(instant(70)));
    expect(seen(back) > seen(first)).toBe(true);
    expect(seen(back) <= instant(70)).toBe(true);
  });

  test('an embargo that is lifted before its end was never seen', () => {
    const far = composeArticle(
      undefined,
      parsed({ embargoUntil: instant(86_400) }),
      source(),
      composedAt(instant(10)),
    );
    const lifted = composeArticle(far, parsed(), late, composedAt(instant(70)));
    const changed = composeArticle(far, parsed({ headline: 'Other' }), late, composedAt(instant(70)));
    expect(seen(lifted) <= instant(70)).toBe(true);
    expect(seen(changed) <= instant(70)).toBe(true);
  });

  test('corrections of one instant are a second apart: feeds move equal ones by milliseconds', () => {
    const again = composeArticle(
      first,
      parsed({ dek: 'x' }),
      source({ uploadedAt: instant(0) }),
      composedAt(NOW),
    );
    expect(Date.parse(again.updatedAt) - Date.parse(first.updatedAt)).toBe(1_000);
  });
});

test('lists of any length stay within an item, and the cut is said', () => {
  const related = Array.from({ length: 5_000 }, (_, index) => ({ title: `Story ${index}` }));
  const bounded = composeArticle(undefined, parsed({ related }), source(), composedAt(NOW));
  expect(bounded.related).toHaveLength(50);
  expect(bounded.warnings.join()).toContain('5000 entries of “related”');
});

describe('what an editor says of the publication of a story', () => {
  const held: Article = { ...first, status: 'held', editorHold: 'An editor holds the story.' };
  const later = (fields = {}) => source({ sequencer: '03', uploadedAt: instant(120), ...fields });
  const at = composedAt(NOW);

  test('no upload ends a hold, also after a deletion or a rejection of the file', () => {
    const again = (current: ArticleRecord) => composeArticle(current, parsed({ dek: 'x' }), later(), at);
    const gone = composeTombstone(held, source({ sequencer: '02' }), at);
    const refused = composeRejected(gone, new Rejection('empty', 'The file is empty.'), later(), 'p', at);
    for (const current of [held, gone, refused])
      expect(again(current)).toMatchObject({ status: 'held', editorHold: held.editorHold });
    expect(ArticleRecord.parse(gone)).toEqual(gone);
  });

  const waiting: Article = {
    ...first,
    status: 'scheduled',
    embargoUntil: instant(90_000),
    publishedAt: instant(90_000),
    publishedFrom: 'embargo',
    edited: ['embargoUntil'],
  };

  test.each([
    ['none', undefined, instant(90_000), 'scheduled'],
    ['an earlier one', instant(7_200), instant(90_000), 'scheduled'],
    ['a later one', instant(180_000), instant(180_000), 'scheduled'],
  ])('a time by hand stays if a later upload states %s', (_, embargoUntil, due, status) => {
    const next = composeArticle(waiting, parsed({ embargoUntil }), later(), at);
    expect(next).toMatchObject({ status, embargoUntil: due, publishedAt: due });
  });

  test('a time by hand stays when the same upload is read again, also if it is earlier', () => {
    const again = parsed({ embargoUntil: instant(180_000) });
    expect(composeArticle(waiting, again, waiting.source, at)).toMatchObject({
      status: 'scheduled',
      embargoUntil: instant(90_000),
    });
  });
});
