import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import { readDocument } from '../../../functions/ingest/metadata/document.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';

/** A paragraph of four equal sentences. */
export const PROSE = `<p>${'The council voted on Monday to close the old bridge for the winter, and said why. '.repeat(4)}</p>`;

/** What the metadata step reads from a page of HTML. */
export function read(html: string, url?: string) {
  const { root } = parseHtml(html, new Deadline(30));
  return readDocument(root, { url, settings: DEFAULT_SETTINGS });
}

/** A page with a story, whose head and first part of the body are given. */
export function page(body: string, head = '<title>Bridge to close for winter</title>'): string {
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}${PROSE}${PROSE}</body></html>`;
}

/** The names of the authors that a page states. */
export const names = (html: string) => read(html).stated.authors?.map(author => author.name) ?? [];
export const H1 = '<h1>Bridge to close for winter</h1>';

/** A script of JSON-LD with a value. */
export const linked = (value: unknown) =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
