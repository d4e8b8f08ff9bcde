import type { Entry } from '../../../functions/publish/model/entry.ts';
import type { Site } from '../../../functions/publish/model/site.ts';

export const SITE: Site = {
  title: 'The Daily Proof',
  description: 'Copy, as it is filed.',
  language: 'en',
  copyright: '© The Daily Proof',
  baseUrl: 'https://proof.example',
  feedEntries: 50,
  feedBytes: 1_000_000,
  tags: true,
  authors: true,
  search: true,
};

/** A recording and a document. */
export const TWO_FILES = [
  { url: 'https://media.example/bridge.mp3', type: 'audio/mpeg', length: 1234, title: 'The opening speech' },
  { url: 'https://media.example/plan.pdf', type: 'application/pdf', length: 99 },
];

/** An entry whose every field is filled; what a test is about, it passes. */
export function sampleEntry(changes: Partial<Entry> = {}): Entry {
  return {
    id: 'aaaaaaaaaaaaaaaa',
    guid: 'urn:uuid:0a0b0c0d-0000-5000-8000-000000000001',
    version: 1,
    revision: 1,
    headline: 'Bridge opens after nine years',
    authors: [{ name: 'Ada Marsh', url: 'https://people.example/ada' }, { name: 'Ben Ortiz' }],
    publishedAt: '2026-11-02T09:30:00.250Z',
    updatedAt: '2026-11-03T10:00:00.500Z',
    language: 'en',
    direction: 'ltr',
    section: 'city',
    tags: ['bridges', 'transport'],
    summary: 'The river can be crossed on foot again. It took nine years.',
    bodyHtml:
      '<p>The river can be crossed <em>on foot</em> again &amp; by tram.</p>\n<p>It took nine years.</p>',
    image: {
      url: 'https://images.example/bridge.jpg',
      alt: 'The bridge',
      caption: 'The bridge at dawn',
      credit: 'Desk archive',
      width: 1200,
      height: 800,
    },
    permalink: 'articles/bridge-opens-after-nine-years-aaaaaaaaaaaaaaaa.html',
    attachments: TWO_FILES.slice(0, 1),
    readingMinutes: 1,
    ...changes,
  };
}

/** So many entries, newest first, a minute apart. */
export function sampleEntries(count: number, changes: Partial<Entry> = {}): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2026, 10, 2, 12) - index * 60_000).toISOString();
    const number = String(index).padStart(12, '0');
    return sampleEntry({
      id: `id${number}`,
      guid: `urn:uuid:0a0b0c0d-0000-5000-8000-${number}`,
      publishedAt: at,
      updatedAt: at,
      permalink: `articles/a-${number}.html`,
      ...changes,
    });
  });
}
