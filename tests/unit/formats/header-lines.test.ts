import { parseArticle } from '../../../functions/ingest/parse.ts';

/** Headers of Org mode, AsciiDoc, reStructuredText and Nikola, in Markdown and in plain text. */

const TITLE = 'Harbour board widens the basin';
const TEXT =
  'The board of the harbour voted on Thursday to widen the northern basin, a project that residents of the old town have opposed for years.';
const UNTIL = '2099-03-05T06:00:00.000Z';

async function read(text: string, key: string) {
  const article = await parseArticle({
    bytes: Buffer.from(text),
    key,
    filedAt: '2026-11-30T09:00:00.000Z',
  });
  return { ...article, state: article.embargoUntil ?? (article.hold === undefined ? 'live' : 'held') };
}

const NAMES = ['quay-file.md', 'quay-file.txt', 'quay-file.org', 'quay-file.adoc', 'quay-file.rst'];
const RULE = '='.repeat(30);

test.each([
  [
    'Org mode',
    `#+TITLE: ${TITLE}\n#+AUTHOR: Ann Quay\n#+DATE: <2026-11-29 Sun>\n#+FILETAGS: :harbour:ferry:\n#+OPTIONS: toc:nil`,
  ],
  [
    'Org roam',
    `:PROPERTIES:\n:ID: 3-a\n:END:\n#+title: ${TITLE}\n#+author: Ann Quay\n#+date: [2026-11-29]\n#+filetags: :harbour:ferry:`,
  ],
  ['AsciiDoc', `= ${TITLE}\nAnn Quay <ann@example.org>\nv1.0, 2026-11-29\n:page-tags: harbour, ferry`],
  ['AsciiDoc', `= ${TITLE}\n:author: Ann Quay\n:revdate: 2026-11-29\n:keywords: harbour, ferry`],
  [
    'reStructuredText',
    `${TITLE}\n${RULE}\n\n:Author: Ann Quay\n:date: 2026-11-29\n:tags: harbour,\n   ferry`,
  ],
  [
    'reStructuredText',
    `${RULE}\n${TITLE}\n${RULE}\n\n:Author: Ann Quay\n:date: 2026-11-29\n:tags: harbour, ferry`,
  ],
  ['reStructuredText', `:title: ${TITLE}\n:author: Ann Quay\n:date: 2026-11-29\n:tags: harbour, ferry`],
  [
    'Nikola',
    `.. title: ${TITLE}\n.. slug: quay\n.. author: Ann Quay\n.. date: 2026-11-29\n.. tags: harbour, ferry`,
  ],
])('the header of %s is metadata: %s', async (_, header) => {
  for (const key of NAMES)
    for (const text of [`${header}\n\n${TEXT}\n`, `\ufeff\n${header}\n\n${TEXT}\n`.replaceAll('\n', '\r\n')])
      expect(await read(text, key)).toMatchObject({
        headline: TITLE,
        authors: [{ name: 'Ann Quay' }],
        publishedAt: '2026-11-29T00:00:00.000Z',
        tags: ['harbour', 'ferry'],
        bodyText: TEXT,
        state: 'live',
        warnings: [],
      });
});

test.each([
  [`#+TITLE: ${TITLE}\n#+STATUS: draft`, 'held'],
  [`#+TITLE: ${TITLE}\n\n#+EMBARGO: <2099-03-05 Thu 06:00>`, UNTIL],
  [`#+title: ${TITLE}\n#+hugo_draft: true`, 'held'],
  [`#+TITLE: ${TITLE}\n#+DRAFT: nil`, 'live'],
  [`#+TITLE: ${TITLE}\n#+DRAFT:`, 'live'],
  [`= ${TITLE}\n:status: draft`, 'held'],
  [`= ${TITLE}\n:page-draft:`, 'held'],
  [`= ${TITLE}\n:!draft:`, 'live'],
  [`= ${TITLE}\n:draft!:`, 'live'],
  [`= ${TITLE}\n:page-published: false`, 'held'],
  [`${TITLE}\n${RULE}\n\n:status: draft`, 'held'],
  [`:title: ${TITLE}\n:status: not for\n  publication`, 'held'],
  [`:title: ${TITLE}\n:embargo: 2099-03-05 06:00\n:embargo: 2099-03-01`, UNTIL],
  [`.. title: ${TITLE}\n.. status: draft`, 'held'],
  [`.. title: ${TITLE}\n.. date: TBC`, 'held'],
  [`= ${TITLE}`, 'live'],
])('states its release terms: %s', async (header, state) => {
  for (const key of NAMES)
    expect([key, await read(`${header}\n\n${TEXT}\n`, key)]).toMatchObject([
      key,
      { headline: TITLE, state, bodyText: TEXT },
    ]);
});

test.each([
  [':tada: Harbour board widens the basin', ':tada:'],
  [':date: Friday on the quay', 'Friday on the quay'],
  ['= Harbour board widens the basin =', '='],
  ['.. image:: quay.jpg', 'image'],
  ['#+BEGIN_QUOTE', 'BEGIN_QUOTE'],
  ['Two ferries\n-----', 'Two ferries'],
])('is not “%s”', async (line, kept) => {
  for (const key of NAMES.slice(0, 2)) {
    const { headline, bodyText, state } = await read(`${line}\n\n${TEXT}\n`, key);
    expect([headline, bodyText].join('\n')).toContain(kept);
    expect(state).toBe('live');
  }
});
