// As a namespace: of this, bundlers leave out what is not used, which is a third of a function.
import * as z from 'zod';

/**
 * The record: what Copydesk knows about one source. Types, table items and CLI output derive from these
 * schemas. Instants are RFC 3339 in UTC with milliseconds, so that they sort as strings.
 */

const Instant = z.iso.datetime();
const Text = z.string();

/** Why a file can never become an article; the codes that editors and dashboards see. */
const REJECTION_CODES = ['empty', 'not-text', 'too-large', 'unreadable', 'too-slow', 'bad-key'] as const;

const Reason = z.object({ code: z.enum(REJECTION_CODES), message: Text });
export type RejectionCode = z.infer<typeof Reason>['code'];

/** The uploaded file that a record was made from, as S3 described it. */
export const Source = z.object({
  bucket: Text,
  key: Text,
  versionId: Text.optional(),
  etag: Text,
  size: z.number().int().nonnegative(),
  /** S3's per-key order of events; see {@link padSequencer}. */
  sequencer: Text,
  contentType: Text.optional(),
  format: Text.optional(),
  charset: Text.optional(),
  uploadedAt: Instant,
  /** When the file was last saved, where the tool that uploaded it said so. */
  savedAt: Instant.optional(),
  /** Key of the archive that it came in. */
  memberOf: Text.optional(),
});
export type Source = z.infer<typeof Source>;

export const Author = z.object({ name: Text, url: Text.optional() });
export type Author = z.infer<typeof Author>;

export const Dateline = z.object({ place: Text, date: Text.optional() });
export type Dateline = z.infer<typeof Dateline>;

export const Image = z.object({
  url: Text,
  /** Media type, where it is known. */
  type: Text.optional(),
  alt: Text.optional(),
  caption: Text.optional(),
  credit: Text.optional(),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
});
export type Image = z.infer<typeof Image>;

export const Related = z.object({ title: Text, url: Text.optional() });
export type Related = z.infer<typeof Related>;

export const Attachment = z.object({
  url: Text,
  type: Text,
  length: z.number().int().nonnegative(),
  title: Text.optional(),
});
export type Attachment = z.infer<typeof Attachment>;

/** Media types that are published: each read, checked and stripped of metadata by `functions/ingest/media`. */
const MEDIA_TYPES = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/ogg',
  'video/webm',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** What is known of a media file once it is there: sizes in pixels as shown, and in bytes. */
const MediaFacts = z.object({
  type: z.enum(MEDIA_TYPES),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  length: z.number().int().nonnegative(),
});
export type MediaFacts = z.infer<typeof MediaFacts>;

/** A file of the bucket that an article shows or offers. Without `file` while it is not there. */
export const MediaUse = z.object({
  /** Its key in the bucket that the article came from. */
  key: Text,
  /** `image`: stated as the article's; `beside`: named like the story, which does not name it. */
  as: z.enum(['image', 'picture', 'recording', 'link', 'beside']),
  title: Text.optional(),
  file: MediaFacts.optional(),
});
export type MediaUse = z.infer<typeof MediaUse>;

/** Where a headline was found, in no order of trust. */
export const HeadlineFrom = z.enum(['metadata', 'front-matter', 'document', 'text', 'filename', 'derived']);
export type HeadlineFrom = z.infer<typeof HeadlineFrom>;

/** What an author wrote or a parser understood: the part of a record that does not depend on storage. */
export const Content = z.object({
  headline: Text,
  headlineFrom: HeadlineFrom,
  dek: Text.optional(),
  authors: z.array(Author),
  dateline: Dateline.optional(),
  embargoUntil: Instant.optional(),
  expiresAt: Instant.optional(),
  /** BCP 47. */
  language: Text,
  direction: z.enum(['ltr', 'rtl']),
  section: Text,
  tags: z.array(Text),
  summary: Text,
  /** The summary is its author's; otherwise it is the beginning of the text. */
  summaryStated: z.boolean().optional(),
  keyPoints: z.array(Text),
  /** What was corrected, in the newsroom's words; shown with the article. */
  correction: Text.optional(),
  /** It leads the front pages that it stands on. */
  pinned: z.boolean().optional(),
  /** Clean and safe HTML. Absent where it is too large for an item: then `bodyKey` names the archive object. */
  bodyHtml: Text.optional(),
  wordCount: z.number().int().nonnegative(),
  readingMinutes: z.number().int().nonnegative(),
  image: Image.optional(),
  related: z.array(Related),
  canonicalUrl: Text.optional(),
  siteName: Text.optional(),
  attachments: z.array(Attachment),
  /** In the order of the story; its body and image name them by the addresses of `media-address.ts`. */
  media: z.array(MediaUse).optional(),
  /** Withdrawn by the file itself: the next upload that does not say so brings it back. */
  withdraw: z.boolean().optional(),
  contentHash: Text,
  nearHash: Text.optional(),
  parserVersion: Text,
  warnings: z.array(Text),
});
export type Content = z.infer<typeof Content>;

const Identity = z.object({
  id: Text,
  guid: Text,
  source: Source,
  /** Counts every write of the record, also those that readers do not see; guards concurrent writers. */
  version: z.number().int().positive(),
  ingestedAt: Instant,
  /** A content that this source has left behind; see `succession.ts` on how duplicates take over. */
  leftHash: Text.optional(),
});

/** What a source that is no article now keeps of the one it was: one key is one article for ever. */
const Kept = z.object({
  slug: Text.optional(),
  permalink: Text.optional(),
  revision: z.number().int().positive().optional(),
  /** It was killed: should the source come back, it comes back withdrawn. */
  killed: z.boolean().optional(),
});

/** An article in any state of publication. */
export const Article = Identity.extend({
  ...Content.shape,
  status: z.enum(['live', 'scheduled', 'withdrawn', 'duplicate']),
  /** Counts changes of content: 1 for the first. */
  revision: z.number().int().positive(),
  publishedAt: Instant,
  /** `upload` where the source states no date. */
  publishedFrom: Text,
  updatedAt: Instant,
  /** Fixed when the article is first stored, as is the permalink made of it. */
  slug: Text,
  /** Path of the page below the site's base URL, without a leading slash. */
  permalink: Text,
  bodyKey: Text.optional(),
  duplicateOf: Text.optional(),
  /** An article that was there before and is nearly the same. */
  nearDuplicateOf: Text.optional(),
  /** The content hash that it shares with its duplicates, where that is not its own: it nearly equals them. */
  contentGroup: Text.optional(),
  /** Why it is withdrawn. Absent where an editor did it: such a kill outlives every upload. */
  withdrawnBy: z.enum(['expiry', 'source']).optional(),
});
export type Article = z.infer<typeof Article>;

/** A source that can never become an article, and why. */
export const Rejected = Identity.extend({
  ...Kept.shape,
  status: z.literal('rejected'),
  reason: Reason,
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Rejected = z.infer<typeof Rejected>;

/** What is kept of a deleted source, so that a late event cannot bring it back. */
export const Tombstone = Identity.extend({
  ...Kept.shape,
  status: z.literal('deleted'),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** An archive whose files are articles of their own. */
export const Unpacked = Identity.extend({
  ...Kept.shape,
  status: z.literal('unpacked'),
  /** Ids of its files' records. */
  members: z.array(Text),
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Unpacked = z.infer<typeof Unpacked>;

/** A picture or recording that articles show, as it is to be published. */
export const Media = Identity.extend({
  ...Kept.shape,
  status: z.literal('media'),
  /** `key` of the archive bucket's object that holds it; `sha256` of its bytes, in hexadecimal. */
  file: MediaFacts.extend({ key: Text, sha256: Text }),
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Media = z.infer<typeof Media>;

export const ArticleRecord = z.discriminatedUnion('status', [Article, Rejected, Tombstone, Unpacked, Media]);
export type ArticleRecord = z.infer<typeof ArticleRecord>;

/** True of records that hold an article, whatever its state of publication. */
export function isArticle(record: ArticleRecord): record is Article {
  return 'headline' in record;
}

/** True of an article that an editor has withdrawn, as against one that has expired or withdraws itself. */
export function isKilled(record: ArticleRecord): boolean {
  return isArticle(record)
    ? record.status === 'withdrawn' && record.withdrawnBy === undefined
    : record.killed === true;
}

/** The content that an article shares with its duplicates. */
export function contentOf({
  contentGroup,
  contentHash,
}: Pick<Article, 'contentGroup' | 'contentHash'>): string {
  return contentGroup ?? contentHash;
}

/** What `parseArticle` makes of a file: content, the plain text of its body, and the dates that it states. */
export interface ParsedArticle extends Content {
  bodyHtml: string;
  /** The body as plain text, a block a line. */
  bodyText: string;
  /** Name of the reader that understood the file: `text`, `html`, `markdown`... */
  format: string;
  /** WHATWG name of the encoding it was read in. */
  charset: string;
  publishedAt?: string | undefined;
  publishedFrom?: string | undefined;
  modifiedAt?: string | undefined;
}
