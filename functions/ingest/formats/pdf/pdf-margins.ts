import { PAGE_JOINERS, PAGE_WORDS } from '../../words/copy-labels.ts';
import { mainOf, type Segment, segmentsOf, textOfSegments } from './pdf-lines.ts';
import type { Fragment, PdfPage } from './pdf-pages.ts';

/** The text of the pages, and what was left out of them. */
export interface Margins {
  /** The fragments of the story, by page. */
  pages: { number: number; fragments: Fragment[] }[];
  /** Lines of running heads and feet and of watermarks, each once. */
  lines: string[];
}

/** Number of lines at the top and at the bottom of a page that can be a running head or foot. */
const MAX_EDGE_LINES = 4;

/** Share of the height of a page, at its top and at its bottom, in which a running head or foot stands. */
const EDGE_SHARE = 0.2;

/** Maximum difference of a running head from page to page, as a share of the height of the page. */
const MAX_SHIFT = 0.01;

/**
 * A head or foot on a single page: share of the height in which it stands, maximum font size as a share of the usual
 * one, and minimum distance to the next line in font sizes.
 */
const OUTER_SHARE = 0.08;
const MAX_SMALL_SIZE = 0.92;
const MIN_GAP = 2.5;

/** Maximum share of the characters that is left out. Programs mark whole pages as no content by mistake. */
const MAX_LEFT_OUT_SHARE = 0.5;

const NUMBER = new RegExp(
  String.raw`^[-–—\s|]*(?:(?:${PAGE_WORDS.join('|')})\.?\s?)?(\d{1,4})(?:\s?(?:${PAGE_JOINERS.join('|')}|/)\s?\d{1,4})?[-–—\s|]*$`,
  'iu',
);

/** “More” at the foot of a page that is not the last. */
const MORE = /^[-–—\s([*]*(?:more|mehr|suite|m\s?o\s?r\s?e)[-–—\s)\]*]*$/i;

/** A line at the edge of a page. Its parts are divided by wide gaps. */
interface EdgeLine {
  page: number;
  parts: Segment[];
  text: string;
  /** The text with all numbers alike. */
  key: string;
  isTop: boolean;
  /** Distance from the edge of the page, as a share of its height. */
  distance: number;
  size: number;
  /** Distance to the next line inside the page, in points. */
  gap: number;
}

/** Takes running heads and feet, page numbers and watermarks out of pages. */
export function takeMargins(pages: readonly PdfPage[]): Margins {
  const all = pages.flatMap(({ fragments }) => fragments);
  const chars = (fragments: readonly Fragment[]) =>
    fragments.reduce((sum, { text }) => sum + text.trim().length, 0);
  const artifacts = all.filter(({ isArtifact }) => isArtifact);
  const isMarked = chars(artifacts) <= MAX_LEFT_OUT_SHARE * chars(all);
  const lines = new Set(pages.flatMap(({ turned }) => turned));
  const inner = pages.map(({ number, height, fragments }) => {
    if (!isMarked) return { number, height, fragments };
    for (const segment of segmentsOf(fragments.filter(({ isArtifact }) => isArtifact)))
      lines.add(textOfSegments([segment]));
    return { number, height, fragments: fragments.filter(({ isArtifact }) => !isArtifact) };
  });
  const edges = inner.flatMap(edgesOf);
  const usual = mainOf(all, ({ size }) => Math.round(size * 2) / 2) ?? 0;
  const out = edges.filter(
    edge => isRunning(edge, edges) || isNumber(edge, pages.length) || isApart(edge, usual),
  );
  const parts = out.flatMap(edge => edge.parts);
  const found = parts.flatMap(({ fragments }) => fragments);
  // Two copies of one page are not all head.
  const gone = new Set(chars(found) <= MAX_LEFT_OUT_SHARE * chars(all) ? found : []);
  if (gone.size > 0) for (const part of parts) lines.add(textOfSegments([part]));
  return {
    pages: inner.map(({ number, fragments }) => ({
      number,
      fragments: fragments.filter(fragment => !gone.has(fragment)),
    })),
    lines: [...lines].filter(line => /[\p{L}\p{N}]/u.test(line)),
  };
}

/** Whether a line of a margin is only a page number. */
export function isPageNumber(line: string): boolean {
  return NUMBER.test(line) || MORE.test(line);
}

function edgesOf({
  number,
  height,
  fragments,
}: {
  number: number;
  height: number;
  fragments: Fragment[];
}): EdgeLine[] {
  const rows: Segment[][] = [];
  for (const segment of segmentsOf(fragments)) {
    const row = rows.at(-1);
    if (row?.[0] && Math.abs(row[0].y - segment.y) < 1) row.push(segment);
    else rows.push([segment]);
  }
  return rows.flatMap((parts, index) => {
    const y = parts[0]?.y ?? 0;
    const isTop = index < MAX_EDGE_LINES && y < EDGE_SHARE * height;
    const isBottom = index >= rows.length - MAX_EDGE_LINES && y > (1 - EDGE_SHARE) * height;
    if (!isTop && !isBottom) return [];
    const text = textOfSegments(parts);
    const key = text.replace(/\d+/g, '0').replace(/\s+/g, ' ').toLowerCase();
    const size = Math.max(...parts.map(part => part.size));
    const inner = rows[isTop ? index + 1 : index - 1]?.[0]?.y;
    const gap = inner === undefined ? 0 : Math.abs(inner - y);
    const distance = (isTop ? y : height - y) / height;
    return [{ page: number, parts, text, key, isTop, distance, size, gap }];
  });
}

/** Whether the same line stands at the same place of another page. */
function isRunning(edge: EdgeLine, edges: readonly EdgeLine[]): boolean {
  return edges.some(
    other =>
      other.page !== edge.page &&
      other.key === edge.key &&
      other.isTop === edge.isTop &&
      Math.abs(other.distance - edge.distance) <= MAX_SHIFT &&
      Math.abs(other.size - edge.size) <= edge.size / 10,
  );
}

/** Whether a line in small letters stands apart at the edge of the page, as a letterhead does. */
function isApart({ distance, size, gap }: EdgeLine, usual: number): boolean {
  return distance < OUTER_SHARE && size < MAX_SMALL_SIZE * usual && gap > MIN_GAP * usual;
}

/** Whether a line is the number of its page, or says that another page follows. */
function isNumber({ text, page, isTop }: EdgeLine, pages: number): boolean {
  if (!isTop && page < pages && MORE.test(text)) return true;
  return Number(NUMBER.exec(text)?.[1]) === page;
}
