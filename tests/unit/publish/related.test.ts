import { indexOf, relatedOf } from '../../../functions/publish/lists/related.ts';
import { SITE, sampleEntry } from '../feeds/sample.ts';

const bridge = sampleEntry({
  id: 'b',
  headline: 'Bridge “opens” after nine years',
  permalink: 'articles/b.html',
});
const copied = sampleEntry({
  id: 'c',
  headline: 'Toll halved',
  permalink: 'articles/c.html',
  canonicalUrl: 'https://first.example/toll',
});
const linked = (title: string, url?: string, id = 'a') =>
  relatedOf({ id, related: [{ title, ...(url && { url }) }] }, indexOf([bridge, copied]), SITE)[0]?.url;

test('a headline of ours is linked, however it was copied', () => {
  expect(linked('Bridge opens after nine years')).toBe('https://proof.example/articles/b.html');
  expect(linked('BRIDGE "OPENS"  after nine years.')).toBe('https://proof.example/articles/b.html');
  expect(linked('Bridge opens after ten years')).toBeUndefined();
  expect(linked('“…”')).toBeUndefined();
});

test('an address elsewhere of an article of ours leads to ours, any other stays', () => {
  expect(linked('Whatever', 'https://first.example/toll')).toBe('https://proof.example/articles/c.html');
  expect(linked('Bridge opens after nine years', 'https://other.example/x')).toBe('https://other.example/x');
  expect(linked('Bridge opens after nine years', 'javascript:alert(1)')).toBe(
    'https://proof.example/articles/b.html',
  );
});

test('no article is related to itself', () => {
  expect(linked('Bridge opens after nine years', undefined, 'b')).toBeUndefined();
});
