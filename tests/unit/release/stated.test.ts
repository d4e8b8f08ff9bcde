import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import type { TermContext } from '../../../functions/ingest/model/release-terms.ts';
import { ReleaseTerms } from '../../../functions/ingest/model/release-terms.ts';
import {
  headingBelow,
  readComments,
  takeStatedTerms,
  withoutTerms,
} from '../../../functions/ingest/release/stated.ts';

const context: TermContext = { timeZone: 'UTC', language: 'en', filedAt: '2026-11-01T10:00:00.000Z' };
const EMBARGO = 'EMBARGOED UNTIL 06:00 GMT, 3 January 2027';
const AT = '2027-01-03T06:00:00.000Z';
const TITLE = 'Council votes for the winter ferry';

let terms: ReleaseTerms;
beforeEach(() => {
  terms = new ReleaseTerms();
});
const state = () => terms.state(false);

test('a text that is a term and nothing else is taken away, and obeyed', () => {
  expect(withoutTerms(EMBARGO, context, terms)).toBeUndefined();
  expect(state()).toEqual({ embargoUntil: AT });
});

test('a term beside a headline is taken out of it, and obeyed', () => {
  expect(withoutTerms(`${EMBARGO}: ${TITLE}`, context, terms)).toBe(TITLE);
  expect(state()).toEqual({ embargoUntil: AT });
});

test.each([TITLE, 'Minister lifts embargo on steel', 'A draft of the law is ready', 'Embargo'])(
  '“%s” is a headline',
  text => {
    expect(withoutTerms(text, context, terms)).toBe(text);
    expect(terms.size).toBe(0);
  },
);

test('headline, dek and summary lose their terms, and are gone where they were nothing else', () => {
  const stated = {
    headline: { text: `${EMBARGO}: ${TITLE}`, from: 'document' as const },
    dek: EMBARGO,
    summary: 'It sails until March.',
  };
  takeStatedTerms(stated, context, terms);
  expect(stated).toEqual({ headline: { text: TITLE, from: 'document' }, summary: 'It sails until March.' });
  expect(state()).toEqual({ embargoUntil: AT });
  const only = { headline: { text: EMBARGO, from: 'document' as const } };
  takeStatedTerms(only, context, terms);
  expect(only).toEqual({});
  const nothing = {};
  takeStatedTerms(nothing, context, terms);
  expect(nothing).toEqual({});
});

describe('the heading below a headline that was a term', () => {
  const heading = (html: string, layout: 'page' | 'copy' = 'copy') =>
    headingBelow(parseHtml(html).root, layout);

  test('is the first one, of the first two levels', () => {
    expect(heading(`<h1>${TITLE}</h1><p>Words.</p><h1>Other</h1>`)).toBe(TITLE);
    expect(heading(`<h1> </h1><h2>${TITLE}</h2>`)).toBe(TITLE);
    expect(heading(`<h3>${TITLE}</h3><h1>Other</h1>`)).toBeUndefined();
    expect(heading('<p>Words.</p>')).toBeUndefined();
  });

  test('begins the story in copy, and may stand anywhere on a page', () => {
    expect(heading(`<p>Words.</p><h1>${TITLE}</h1>`)).toBeUndefined();
    expect(heading(`<p>Words.</p><h1>${TITLE}</h1>`, 'page')).toBe(TITLE);
  });

  test('is no longer than a headline', () => {
    expect(heading(`<h1>${'x'.repeat(220)}</h1>`)).toHaveLength(220);
    expect(heading(`<h1>${'x'.repeat(221)}</h1>`)).toBeUndefined();
  });
});

describe('comments', () => {
  const read = (text: string) => {
    terms = new ReleaseTerms();
    readComments(text, context, terms);
    return state();
  };

  test.each([
    ['HTML', `<p>Words.</p><!-- ${EMBARGO} -->`],
    ['notes', `Words.\n\n%% ${EMBARGO} %%\n`],
    ['one line of several', `<!-- To the desk\r\n${EMBARGO}\r\nThanks -->`],
    ['HTML without an end', `<p>Words.</p><!-- ${EMBARGO}\n<p>More words.</p>`],
    ['HTML with a mistyped end', `<p>Words.</p><!-- ${EMBARGO} -><p>More words.</p>`],
    ['HTML at the end of a file', `<p>Words.</p><!-- ${EMBARGO}`],
    ['old line ends', `<!-- To the desk\r${EMBARGO}\r-->`],
  ])('of %s are obeyed', (_, text) => expect(read(text)).toEqual({ embargoUntil: AT }));

  test('that shout what is not understood hold the story, and those that speak of it do not', () => {
    expect(read('<!-- NOT FOR PUBLICATION BEFORE THE VOTE -->').hold).toBeDefined();
    expect(read('<!-- the embargo on steel -->')).toEqual({});
    expect(read(`${EMBARGO} outside of any comment`)).toEqual({});
  });

  test('count near the beginning and the end of a file', () => {
    const comment = `<!-- ${EMBARGO} -->`;
    const far = 'word '.repeat(6_000);
    expect(read(`${comment}${far}${far}`)).toEqual({ embargoUntil: AT });
    expect(read(`${far}${far}${comment}`)).toEqual({ embargoUntil: AT });
    expect(read(`${far}${comment}${far}`)).toEqual({});
    expect(read(`${'x'.repeat(19_000)}${comment}${'x'.repeat(19_000)}`)).toEqual({ embargoUntil: AT });
  });
});
