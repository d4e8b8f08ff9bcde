import { decodeMetadata } from '../../../functions/ingest/article/object-metadata.ts';
import { summarize, tidyTags } from '../../../functions/ingest/article/summary.ts';
import { readLinkedData } from '../../../functions/ingest/metadata/json-ld.ts';
import { countWords, readingMinutes } from '../../../functions/ingest/text/counting.ts';
import { sentencesOf } from '../../../functions/ingest/text/sentences.ts';
import { linkUrl, webUrl } from '../../../shared/text/web-address.ts';

describe('sentences', () => {
  it('do not end at abbreviations, initials and dates', () => {
    expect(sentencesOf('The U.S. Navy said on Oct. 3 that Mr. J. Smith left. He was 41.', 'en')).toEqual([
      'The U.S. Navy said on Oct. 3 that Mr. J. Smith left.',
      'He was 41.',
    ]);
  });

  it('end as each script ends them', () => {
    expect(sentencesOf('政府は発表した。首相は述べた。', 'ja')).toHaveLength(2);
  });
});

describe('summaries', () => {
  it('are whole sentences', () => {
    expect(summarize(['One two three. Four five six. Seven.'], 'en')).toBe('One two three. Four five six.');
    const long = `${'The bridge that everybody knows was closed again '.repeat(4)}today.`;
    expect(summarize([`${long} Another.`], 'en')).toBe(long);
  });

  it('are cut at a clause only where one sentence is endless', () => {
    const endless = `${'the bridge was closed, '.repeat(60)}again.`;
    const summary = summarize([endless], 'en');
    expect(summary.length).toBeLessThanOrEqual(500);
    expect(summary).toMatch(/closed$/);
  });
});

describe('words', () => {
  it('are counted in every script', () => {
    expect(countWords('One two — three, 4 five.', 'en')).toBe(5);
    expect(countWords('政府は月曜日に発表した', 'ja')).toBeGreaterThan(3);
    expect(countWords('Уряд оголосив про це', 'uk')).toBe(4);
  });

  it('take minutes', () => {
    const text = 'word '.repeat(1150);
    expect(readingMinutes(text, 1150)).toBe(5);
    expect(readingMinutes('x', 1)).toBe(1);
    const chinese = '字'.repeat(2000);
    expect(readingMinutes(chinese, countWords(chinese, 'zh'))).toBeGreaterThanOrEqual(4);
  });
});

it('tags are unique without regard to case', () => {
  expect(tidyTags([' Kyiv ', 'kyiv', '', '#NATO', '—', 'x'.repeat(100)])).toEqual(['Kyiv', 'NATO']);
  expect(tidyTags(Array.from({ length: 50 }, (_, index) => `t${index}`))).toHaveLength(30);
});

it.each([
  ['plain', 'plain'],
  ['=?utf-8?Q?Caf=C3=A9_au?= =?utf-8?Q?_lait?=', 'Café au lait'],
  ['=?iso-8859-1?Q?caf=E9?=', 'café'],
  ['caf%C3%A9', 'café'],
  ['100% sure', '100% sure'],
  ['cafÃ©', 'café'],
  ['=?utf-8?B?////?=', '=?utf-8?B?////?='],
])('object metadata %s', (raw, decoded) => {
  expect(decodeMetadata(raw)).toBe(decoded);
});

describe('addresses', () => {
  it('become absolute, or nothing', () => {
    expect(webUrl('/a b', 'https://e.example/x/')).toBe('https://e.example/a%20b');
    expect(webUrl('//e.example/a')).toBe('https://e.example/a');
    expect(webUrl(' https://e.example/a\n')).toBe('https://e.example/a');
    expect(webUrl('/a')).toBeUndefined();
    expect(webUrl(`https://e.example/${'a'.repeat(5_000)}`)).toBeUndefined();
    expect(webUrl('javascript:x', 'https://e.example/')).toBeUndefined();
    expect(linkUrl('mailto:a@e.example')).toBe('mailto:a@e.example');
    expect(webUrl('mailto:a@e.example')).toBeUndefined();
    expect(linkUrl('#n', 'https://e.example/')).toBeUndefined();
  });
});

describe('linked data', () => {
  it('is found in graphs, arrays and with broken JSON', () => {
    const graph =
      '{"@graph":[{"@type":"Organization","name":"X"},{"@type":["NewsArticle"],"headline":"A &amp; B","author":["Ann","Bob"]}]}';
    expect(readLinkedData([graph]).story).toMatchObject({
      headline: 'A & B',
      authors: [{ name: 'Ann' }, { name: 'Bob' }],
    });
    expect(readLinkedData(['[{"@type":"Article","headline":"line\nbreak",}];']).story?.headline).toBe(
      'line break',
    );
    expect(readLinkedData(['{oops'])).toEqual({ broken: 1 });
  });

  it('stands deep nesting', () => {
    expect(readLinkedData([`${'['.repeat(5_000)}${']'.repeat(5_000)}`])).toEqual({ broken: 0 });
  });
});
