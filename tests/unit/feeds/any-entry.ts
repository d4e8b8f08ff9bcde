import fc from 'fast-check';
import type { Entry } from '../../../functions/publish/entry.ts';
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
  const instant = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map(date => date.toISOString());
  const author = fc.record({ name: text, url: fc.oneof(text, fc.constant('https://e.example/a')) });
  const image = fc.record({
    url: text.map(t => `https://e.example/${t}`),
    alt: text,
    caption: text,
    credit: text,
  });
  const attachment = fc.record({
    url: text.map(t => `https://e.example/${t}`),
    type: fc.oneof(text, fc.constant('audio/mpeg')),
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
      bodyHtml: anyBody(),
      image: fc.option(image, { nil: undefined }),
      attachments: fc.array(attachment, { maxLength: 2 }),
    })
    .map(sampleEntry);
}

/** Up to four such entries, each with an id and an address of its own. */
export function anyEntries(): fc.Arbitrary<Entry[]> {
  return fc.array(anyEntry(), { maxLength: 4 }).map(entries =>
    entries.map((entry, index) => ({
      ...entry,
      id: `id${index}`,
      guid: `urn:uuid:0a0b0c0d-0000-5000-8000-00000000000${index}`,
      permalink: `articles/a-${index}.html`,
    })),
  );
}
