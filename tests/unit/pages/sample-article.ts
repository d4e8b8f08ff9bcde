import { load } from 'cheerio';
import type { FullArticle } from '../../../functions/publish/model/entry.ts';
import { sampleEntry, TWO_FILES } from '../feeds/sample.ts';

/** An article whose every field is filled; what a test is about, it passes. */
export function sampleArticle(changes: Partial<FullArticle> = {}): FullArticle {
  const { bodyHtml = '', ...entry } = sampleEntry();
  return {
    ...entry,
    bodyHtml,
    attachments: TWO_FILES,
    source: {
      bucket: 'intake',
      key: 'city/bridge.txt',
      etag: '"0"',
      size: 1,
      sequencer: '0',
      uploadedAt: '2026-11-02T09:00:00.000Z',
    },
    ingestedAt: '2026-11-02T09:00:01.000Z',
    status: 'live',
    headlineFrom: 'text',
    dek: 'Trams will follow in spring',
    dateline: { place: 'Northport' },
    keyPoints: [],
    wordCount: 20,
    related: [
      { title: 'How the old bridge fell', url: 'https://proof.example/old' },
      { title: 'Bridges of the river' },
    ],
    contentHash: '0',
    parserVersion: '1',
    warnings: [],
    publishedFrom: 'text',
    slug: 'bridge-opens-after-nine-years',
    ...changes,
  };
}

/** A page as a browser reads it. */
export function readPage(html: string) {
  expect(html).toMatch(/^<!doctype html>\n<html /);
  return load(html);
}
