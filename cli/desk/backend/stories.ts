import { queryOf, rankOf } from '../../../functions/publish/search/query.ts';
import { type ArticleRecord, isArticle } from '../../../shared/model/article.ts';
import { sectionKey } from '../../../shared/model/identity.ts';
import { dueInstant } from '../../../shared/model/schedule.ts';
import { listRecords, type Status } from '../../actions/list-records.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { timeOf } from '../../deployment/rejected.ts';
import { MEDIA_SENTENCE, otherWarnings, waitOf, waitReason, withdrawalOf } from '../../output/waiting.ts';

/** What the address of the list selects. */
export interface Selection {
  status: Status | undefined;
  section: string | undefined;
  /** Words of headlines and keys. */
  words: string;
  /** From 1. */
  page: number;
}

/** A line of the list. */
export interface StoryRow {
  status: Status | 'failed';
  title: string;
  key: string;
  /** Undefined for a failed message about no file. */
  id: string | undefined;
  section: string | undefined;
  /** RFC 3339. */
  at: string;
  reason: string | undefined;
  warnings: readonly string[];
  /** Name of a dead letter that can be tried again, or discarded. */
  deadLetter?: string | undefined;
}

/** A page of the list. */
export interface StoryList {
  /** What needs an editor, and what comes out later. Only on the first page of an unfiltered list. */
  waiting: StoryRow[];
  rows: StoryRow[];
  hasMore: boolean;
  /** Sections of the rows, for the filter. */
  sections: string[];
}

/** Statuses that the list can show alone. All after the first four read the whole table. */
export const LISTED_STATUSES = [
  'live',
  'scheduled',
  'held',
  'rejected',
  'withdrawn',
  'duplicate',
] as const satisfies readonly Status[];

const STORIES_PER_PAGE = 50;

/** Maximum page number. A page reads all stories before it. */
const MAX_PAGE = 40;

/** Number of the newest stories that a search looks at. */
export const SEARCHED_STORIES = 2_000;

/** Maximum number of held, scheduled, rejected and failed lines, each. `copydesk list` shows more. */
const MAX_WAITING = 100;

const REJECTED_PERIOD_MS = 30 * 86_400_000;

/**
 * Reads the selected stories. What failed, was rejected or is held comes first, and then what is scheduled.
 * @param failedRows reads the lines of what failed
 */
export async function readStories(
  deployment: Deployment,
  { status, section, words, page: asked }: Selection,
  failedRows: () => Promise<StoryRow[]>,
  now: number,
): Promise<StoryList> {
  const page = Math.min(asked, MAX_PAGE);
  const limit = words === '' ? page * STORIES_PER_PAGE + 1 : SEARCHED_STORIES;
  const since = new Date(now - REJECTED_PERIOD_MS).toISOString();
  const isFirst = page === 1 && status === undefined;
  const inSection = section === undefined ? {} : { section };
  const list = (of: Status, most: number) =>
    listRecords(deployment, {
      status: of,
      ...inSection,
      limit: most,
      ...(of === 'rejected' && { since }),
    });
  const [main, held, scheduled, rejected, failed] = await Promise.all([
    list(status ?? 'live', limit),
    isFirst ? list('held', MAX_WAITING) : [],
    isFirst ? list('scheduled', MAX_WAITING) : [],
    isFirst && section === undefined ? list('rejected', MAX_WAITING) : [],
    isFirst && section === undefined && words === '' ? failedRows() : [],
  ]);
  const row = (record: ArticleRecord) => rowOf(record, deployment.timeZone);
  const query = queryOf(words);
  const isFound = ({ title, key }: StoryRow) =>
    words === '' || key.includes(words) || rankOf(asRow(title), query) !== undefined;
  const rows = main.map(row).filter(isFound);
  const from = (page - 1) * STORIES_PER_PAGE;
  const soonest = scheduled.sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1));
  const waiting = [...rejected, ...held, ...soonest].map(row).filter(isFound);
  return {
    waiting: [...failed, ...waiting],
    rows: rows.slice(from, from + STORIES_PER_PAGE),
    hasMore: rows.length > from + STORIES_PER_PAGE && page < MAX_PAGE,
    sections: sectionsOf([...main, ...held, ...scheduled]),
  };
}

/** A row of the search of the site that has a headline and nothing else. */
function asRow(headline: string) {
  return { path: '', headline, summary: '', section: '', at: '', language: '', body: '' };
}

function dueOf(record: ArticleRecord): string {
  return isArticle(record) ? dueInstant(record) : '';
}

/** The sections of records. Spellings of one section count once. */
function sectionsOf(records: readonly ArticleRecord[]): string[] {
  const names = records.filter(isArticle).map(({ section }) => [sectionKey(section), section] as const);
  return [...new Map(names.reverse()).values()].sort((a, b) => a.localeCompare(b));
}

/** The line of a record. */
function rowOf(record: ArticleRecord, timeZone: string): StoryRow {
  const { id, status, source } = record;
  return {
    status,
    id,
    key: source.key,
    title: isArticle(record) ? record.headline : source.key,
    section: isArticle(record) ? record.section : undefined,
    at: timeOf(record),
    reason: reasonOf(record, timeZone),
    warnings: 'warnings' in record ? otherWarnings(record) : [],
  };
}

/** Why a record is not public. Undefined for a live story. */
export function reasonOf(record: ArticleRecord, timeZone: string): string | undefined {
  if (record.status === 'rejected') return record.reason.message;
  if (record.status === 'media') return MEDIA_SENTENCE;
  if (!isArticle(record)) return undefined;
  if (record.status === 'withdrawn') {
    const { reason } = record.notice ?? {};
    return reason ? `${withdrawalOf(record)} Its page says: ${reason}` : withdrawalOf(record);
  }
  const wait = waitOf(record, timeZone);
  return wait === undefined ? undefined : waitReason(wait);
}
