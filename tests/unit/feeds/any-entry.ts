import fc from 'fast-check';
import type { Entry } from '../../../functions/publish/model/entry.ts';
import { anyText } from './poison.ts';
import { sampleEntry } from './sample.ts';

/** An article's body as ingest stores it: any text in elements, attributes too. */
function anyBody(): fc.Arbitrary<string> {
  const escaped = anyText().map(text =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  );
  return fc
    .tuple(escaped, escaped)
    .map(([title, text]) => `<p title="${title}">${text}</p><a href="https://e.example/?a=1&amp;b=2">x</a>`);
}

/** An entry with any text in every field that holds one. */
export function anyEntry(): fc.Arbitrary<Entry> {
  const text = anyText();
  const date = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map(day => day.toISOString());
  const instant = fc.oneof({ weight: 9, arbitrary: date }, text);
  const address = text.map(t => `https://e.example/${t}`);
  const type = fc.oneof(text, fc.constantFrom('audio/mpeg', 'image/png', 'video/mp4'));
  const author = fc.record({ name: text, url: fc.oneof(text, fc.constant('https://e.example/a')) });
  const image = fc.record({
    url: address,
    type,
    alt: text,
    caption: text,
    credit: text,
  });
  const attachment = fc.record({
    url: address,
    type,
    length: fc.nat(),
    title: text,
  });
  return fc
    .record({
      headline: text,
      dek: text,
      authors: fc.array(author, { maxLength: 3 }),
      publishedAt: instant,
      updatedAt: instant,
      language: fc.oneof(text, fc.constantFrom('en', 'uk', 'ar', 'pt-BR')),
      direction: fc.constantFrom('ltr' as const, 'rtl' as const),
      section: text,
      tags: fc.array(text, { maxLength: 4 }),
      summary: text,
      // Now and then what no parser of ours would have stored.
      bodyHtml: fc.oneof({ weight: 4, arbitrary: anyBody() }, text),
      correction: fc.option(text, { nil: undefined }),
      canonicalUrl: fc.option(fc.oneof(text, address), { nil: undefined }),
      siteName: text,
      guid: text,
      permalink: text,
      image: fc.option(image, { nil: undefined }),
      attachments: fc.array(attachment, { maxLength: 2 }),
    })
    .map(sampleEntry);
}

/** So many such entries, each with an id and an address of its own. */
export function anyEntries(
  length: { minLength?: number; maxLength: number } = { maxLength: 4 },
): fc.Arbitrary<Entry[]> {
  return fc.array(anyEntry(), length).map(entries =>
    entries.map((entry, index) => ({
      ...entry,
      id: `id${index}`,
      guid: `urn:x:${index}:${entry.guid}`,
      permalink: `articles/a-${index}${entry.permalink}.html`,
    })),
  );
}
