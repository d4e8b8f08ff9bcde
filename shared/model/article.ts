// The part of zod of which bundlers keep only what is used: the functions load it at each cold start.
import { en } from 'zod/locales';
import * as z from 'zod/mini';

/**
 * The record: what Copydesk knows about one source. Types, table items and CLI output derive from these
 * schemas. Instants are RFC 3339 in UTC with milliseconds, so that they sort as strings.
 */

z.config(en());

const Instant = z.iso.datetime();
const Text = z.string();
const Count = z.int().check(z.nonnegative());
const Ordinal = z.int().check(z.positive());

/** Why a file can never become an article; the codes that editors and dashboards see. */
export const REJECTION_CODES = [
  'empty',
  'not-text',
  'too-large',
  'unreadable',
  'too-slow',
  'bad-key',
] as const;

const Reason = z.object({ code: z.enum(REJECTION_CODES), message: Text });
export type RejectionCode = z.infer<typeof Reason>['code'];

/** The uploaded file that a record was made from, as S3 described it. */
export const Source = z.object({
  bucket: Text,
  key: Text,
  versionId: z.optional(Text),
  etag: Text,
  size: Count,
  /** S3's per-key order of events; see {@link padSequencer}. */
  sequencer: Text,
  contentType: z.optional(Text),
  format: z.optional(Text),
  charset: z.optional(Text),
  uploadedAt: Instant,
  /** When the file was last saved, where the tool that uploaded it said so. */
  savedAt: z.optional(Instant),
  /** Key of the archive that it came in. */
  memberOf: z.optional(Text),
});
export type Source = z.infer<typeof Source>;

export const Author = z.object({ name: Text, url: z.optional(Text) });
export type Author = z.infer<typeof Author>;

export const Dateline = z.object({ place: Text, date: z.optional(Text) });
export type Dateline = z.infer<typeof Dateline>;

export const Image = z.object({
  url: Text,
  /** Media type, where it is known. */
  type: z.optional(Text),
  alt: z.optional(Text),
  caption: z.optional(Text),
  credit: z.optional(Text),
  width: z.optional(Ordinal),
  height: z.optional(Ordinal),
});
export type Image = z.infer<typeof Image>;

export const Related = z.object({ title: Text, url: z.optional(Text) });
export type Related = z.infer<typeof Related>;

export const Attachment = z.object({
  url: Text,
  type: Text,
  length: Count,
  title: z.optional(Text),
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
  width: z.optional(Ordinal),
  height: z.optional(Ordinal),
  length: Count,
});
export type MediaFacts = z.infer<typeof MediaFacts>;

/** A file of the bucket that an article shows or offers. Without `file` while it is not there. */
export const MediaUse = z.object({
  /** Its key in the bucket that the article came from. */
  key: Text,
  /** `image`: stated as the article's; `beside`: named like the story, which does not name it. */
  as: z.enum(['image', 'picture', 'recording', 'link', 'beside']),
  title: z.optional(Text),
  file: z.optional(MediaFacts),
});
export type MediaUse = z.infer<typeof MediaUse>;

/** Where a headline was found, in no order of trust. */
export const HeadlineFrom = z.enum(['metadata', 'front-matter', 'document', 'text', 'filename', 'derived']);
export type HeadlineFrom = z.infer<typeof HeadlineFrom>;

/**
 * Where the date of publication was found, in no order of trust. A page states it in `json-ld`, a `meta` or `time` element,
 * its `text` or its `url`; text in a `date-line`; a format of wires in its own field, which bears the format's name.
 * `document` is what a reader of another program states. `upload`, `file` (when it was saved), `release` and `embargo`
 * (its end) are dates that no author has written.
 */
export const PublishedFrom = z.enum([
  'metadata',
  'front-matter',
  'json-ld',
  'meta',
  'time',
  'text',
  'url',
  'date-line',
  'docx',
  'eml',
  'wire',
  'nitf',
  'newsml',
  'ninjs',
  'document',
  'embargo',
  'release',
  'file',
  'upload',
]);
export type PublishedFrom = z.infer<typeof PublishedFrom>;

/** What an item of a wire says of itself and of other items, by the ids of its sender. */
const WireItem = z.object({
  /** Ids by which other items can name it. */
  ids: z.array(Text),
  /** Counts the versions of the item, if its sender does. */
  version: z.optional(Count),
  /** Ids of the items that it cancels; its own among them, if it is itself cancelled. */
  cancels: z.array(Text),
});
export type WireItem = z.infer<typeof WireItem>;

/** What an author wrote or a parser understood: the part of a record that does not depend on storage. */
export const Content = z.object({
  headline: Text,
  headlineFrom: HeadlineFrom,
  dek: z.optional(Text),
  authors: z.array(Author),
  dateline: z.optional(Dateline),
  embargoUntil: z.optional(Instant),
  expiresAt: z.optional(Instant),
  /** Why the file, or a doubt about it, holds the story: a sentence for editors that says how to release it. */
  hold: z.optional(Text),
  /** BCP 47. */
  language: Text,
  direction: z.enum(['ltr', 'rtl']),
  section: Text,
  tags: z.array(Text),
  summary: Text,
  /** The summary is its author's; otherwise it is the beginning of the text. */
  summaryStated: z.optional(z.boolean()),
  keyPoints: z.array(Text),
  /** What was corrected, in the newsroom's words; shown with the article. */
  correction: z.optional(Text),
  /** It leads the front pages that it stands on; or that of its section only. */
  pinned: z.optional(z.union([z.boolean(), z.literal('section')])),
  /** Clean and safe HTML. Absent where it is too large for an item: then `bodyKey` names the archive object. */
  bodyHtml: z.optional(Text),
  wordCount: Count,
  readingMinutes: Count,
  image: z.optional(Image),
  related: z.array(Related),
  canonicalUrl: z.optional(Text),
  siteName: z.optional(Text),
  attachments: z.array(Attachment),
  /** In the order of the story; its body and image name them by the addresses of `media-address.ts`. */
  media: z.optional(z.array(MediaUse)),
  /** Withdrawn by the file itself: the next upload that does not say so brings it back. */
  withdraw: z.optional(z.boolean()),
  wire: z.optional(WireItem),
  contentHash: Text,
  nearHash: z.optional(Text),
  parserVersion: Text,
  warnings: z.array(Text),
});
export type Content = z.infer<typeof Content>;

/** A duplicate group, and keys of the similarity index, that a record has left. */
const Left = z.object({
  group: Text,
  /** Since when the file had been in the group. */
  since: Instant,
  similarityKeys: z.array(Text),
});
export type Left = z.infer<typeof Left>;

const Identity = z.object({
  id: Text,
  guid: Text,
  source: Source,
  /** Counts every write of the record, also those that readers do not see; guards concurrent writers. */
  version: Ordinal,
  ingestedAt: Instant,
  /** What the last write of the record left; `duplicates.ts` does what follows for others, and a retry mends it. */
  left: z.optional(Left),
  /** An upload after `source` that was rejected: what is shown is older. */
  refused: z.optional(z.object({ versionId: z.optional(Text), etag: Text })),
});

/** What a source that is no article now keeps of the one it was: one key is one article for ever. */
const Kept = z.object({
  slug: z.optional(Text),
  permalink: z.optional(Text),
  revision: z.optional(Ordinal),
  /** When readers were last told that it changed. */
  updatedAt: z.optional(Instant),
  /** It was killed: should the source come back, it comes back withdrawn. */
  killed: z.optional(z.boolean()),
});

/** An article in any state of publication. */
export const Article = z.object({
  ...Identity.shape,
  ...Content.shape,
  /** `scheduled` waits for an instant, `held` for an editor. */
  status: z.enum(['live', 'scheduled', 'held', 'withdrawn', 'duplicate']),
  /** Counts changes of content: 1 for the first; 0 if only a cancellation without words has come yet. */
  revision: Count,
  publishedAt: Instant,
  /** `upload` where the source states no date. */
  publishedFrom: PublishedFrom,
  updatedAt: Instant,
  /** Fixed when the article is first stored, as is the permalink made of it. */
  slug: Text,
  /** Path of the page below the site's base URL, without a leading slash. */
  permalink: Text,
  bodyKey: z.optional(Text),
  duplicateOf: z.optional(Text),
  /** An article that was there before and is nearly the same. */
  nearDuplicateOf: z.optional(Text),
  /** The duplicate group, where that is not the content's own: the text nearly equals that of the group. */
  contentGroup: z.optional(Text),
  /** Since when the file has been in its duplicate group. */
  groupSince: z.optional(Instant),
  /** Why it is withdrawn. Absent where an editor did it: such a kill outlives every upload. */
  withdrawnBy: z.optional(z.enum(['expiry', 'source', 'cancellation'])),
  /** The `hold` that an editor has released: the same one holds the story no more. */
  released: z.optional(Text),
  /** The cancellations by other files that are about it; see `cancellations.ts`. */
  cancelledBy: z.optional(z.array(Text)),
  /** Those of them that an editor has overruled. */
  restored: z.optional(z.array(Text)),
  /** Fields that were corrected by hand since the upload; see `edited.ts`. */
  edited: z.optional(z.array(Text)),
});
export type Article = z.infer<typeof Article>;

/** A source that can never become an article, and why. */
export const Rejected = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('rejected'),
  reason: Reason,
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Rejected = z.infer<typeof Rejected>;

/** What is kept of a deleted source, so that a late event cannot bring it back. */
export const Tombstone = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('deleted'),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** An archive whose files are articles of their own. */
export const Unpacked = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('unpacked'),
  /** Ids of its files' records; while it is unfinished, of all that may have been stored. */
  members: z.array(Text),
  /** Not every file has been stored. */
  unfinished: z.optional(z.literal(true)),
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Unpacked = z.infer<typeof Unpacked>;

/** A picture or recording that articles show, as it is to be published. */
export const Media = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('media'),
  /** `key` of the storage bucket's object that holds it; `sha256` of its bytes, in hexadecimal. */
  file: z.object({ ...MediaFacts.shape, key: Text, sha256: Text }),
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

/** The duplicate group of an article, whatever its status: the hash of its content, or of one that it nearly equals. */
export function groupOf({
  contentGroup,
  contentHash,
}: Pick<Article, 'contentGroup' | 'contentHash'>): string {
  return contentGroup ?? contentHash;
}

/** Since when the file of an article has been in its duplicate group. */
export function groupSinceOf({ groupSince, source }: Pick<Article, 'groupSince' | 'source'>): string {
  return groupSince ?? source.uploadedAt;
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
  publishedFrom?: PublishedFrom | undefined;
  modifiedAt?: string | undefined;
}
