// Bundlers remove the unused parts of zod/mini, which makes cold starts faster.
import { en } from 'zod/locales';
import * as z from 'zod/mini';

/**
 * The record of one source. Types, table items and the output of commands derive from these schemas. Instants are RFC
 * 3339 in UTC with milliseconds, so that they sort as strings.
 */

z.config(en());

const Instant = z.iso.datetime();
const Text = z.string();
const Count = z.int().check(z.nonnegative());
const Ordinal = z.int().check(z.positive());

/** Reasons for which a file can never become an article. Editors and dashboards see these codes. */
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

/** The uploaded file of a record, as described by S3. */
export const Source = z.object({
  bucket: Text,
  key: Text,
  versionId: z.optional(Text),
  etag: Text,
  size: Count,
  /** Orders the events of one key: see {@link padSequencer}. */
  sequencer: Text,
  contentType: z.optional(Text),
  format: z.optional(Text),
  charset: z.optional(Text),
  uploadedAt: Instant,
  /** Time of the last save of the file, if the upload tool states it. */
  savedAt: z.optional(Instant),
  /** Key of the uploaded file that held this file: a zip, a mail, or a document with pictures. */
  memberOf: z.optional(Text),
  /** The verdict on a mail, given when it arrived. `hold` says why its stories are held. Absent for other files. */
  mail: z.optional(z.object({ hold: z.optional(Text) })),
});
export type Source = z.infer<typeof Source>;

export const Author = z.object({ name: Text, url: z.optional(Text) });
export type Author = z.infer<typeof Author>;

export const Dateline = z.object({ place: Text, date: z.optional(Text) });
export type Dateline = z.infer<typeof Dateline>;

export const Image = z.object({
  url: Text,
  /** Media type, if known. */
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
  /** In seconds, of a recording. */
  duration: z.optional(Ordinal),
  title: z.optional(Text),
});
export type Attachment = z.infer<typeof Attachment>;

/** Published media types. `functions/ingest/media` reads and checks each of them, and removes metadata. */
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
  // Transcripts of recordings.
  'text/vtt',
  'application/x-subrip',
  // Files of the look of a site: `theme-file.ts`.
  'image/svg+xml',
  'font/woff2',
  'text/css',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Properties of a media file. Width and height are those on the screen, in pixels; `length` is in bytes. */
const MediaFacts = z.object({
  type: z.enum(MEDIA_TYPES),
  width: z.optional(Ordinal),
  height: z.optional(Ordinal),
  /** In seconds. Missing for pictures, and if it is unknown. */
  duration: z.optional(Ordinal),
  length: Count,
  /** Widths of a picture's WebP renditions in pixels, in the order of `RENDITION_WIDTHS`. Missing if it has none. */
  widths: z.optional(z.array(Ordinal)),
  /** The most common colour of an opaque picture: `#rrggbb`. */
  colour: z.optional(Text),
  /** The picture has a rendition for link previews. */
  card: z.optional(z.literal(true)),
});
export type MediaFacts = z.infer<typeof MediaFacts>;

/** A file of the bucket that an article shows or links to. `file` is missing while the file does not exist. */
export const MediaUse = z.object({
  /** Its key in the bucket of the article. */
  key: Text,
  /**
   * `image`: the stated image of the article. `beside`: a picture that shares its name with the story. `transcript`: a
   * text that shares its name with a recording of the article.
   */
  as: z.enum(['image', 'picture', 'recording', 'link', 'beside', 'transcript']),
  title: z.optional(Text),
  file: z.optional(MediaFacts),
});
export type MediaUse = z.infer<typeof MediaUse>;

/** Places in which a headline can be found. */
export const HeadlineFrom = z.enum(['metadata', 'front-matter', 'document', 'text', 'filename', 'derived']);
export type HeadlineFrom = z.infer<typeof HeadlineFrom>;

/**
 * Places in which the date of publication can be found. Pages have `json-ld`, `meta` and `time` elements, their `text`
 * and their `url`. Text has a `date-line`. For the field of a wire format, the place is the name of the format.
 * `document` comes from a reader that an operator added. No author has written the dates of `upload`, `file` (the time
 * of the save), `release` and `embargo` (its end).
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
  'pdf',
  'odt',
  'rtf',
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

/** Identity and cancellations of a wire item. Its sender assigns the ids. */
const WireItem = z.object({
  /** Ids by which other items can name it. */
  ids: z.array(Text),
  /** Version number of the item, if its sender counts versions. */
  version: z.optional(Count),
  /** Ids of the items that it cancels. A cancelled item has its own id here. */
  cancels: z.array(Text),
});
export type WireItem = z.infer<typeof WireItem>;

/** The content of an article: the part of a record that does not depend on storage. */
export const Content = z.object({
  headline: Text,
  headlineFrom: HeadlineFrom,
  dek: z.optional(Text),
  authors: z.array(Author),
  dateline: z.optional(Dateline),
  embargoUntil: z.optional(Instant),
  expiresAt: z.optional(Instant),
  /** Reason for which the story is held: a sentence for editors that also says how to release it. */
  hold: z.optional(Text),
  /** BCP 47. */
  language: Text,
  direction: z.enum(['ltr', 'rtl']),
  section: Text,
  tags: z.array(Text),
  summary: Text,
  /** The summary was written by the author. Otherwise it is the beginning of the text. */
  summaryStated: z.optional(z.boolean()),
  keyPoints: z.array(Text),
  /** The correction in the newsroom's words. It is shown with the article. */
  correction: z.optional(Text),
  /** The article leads its front pages, or only that of its section. */
  pinned: z.optional(z.union([z.boolean(), z.literal('section')])),
  /** Clean and safe HTML. Missing if it is too large for an item: `bodyKey` then names an object of the storage bucket. */
  bodyHtml: z.optional(Text),
  wordCount: Count,
  readingMinutes: Count,
  image: z.optional(Image),
  related: z.array(Related),
  canonicalUrl: z.optional(Text),
  /** Further addresses of the article that lead to it: see `alias.ts`. */
  aliases: z.optional(z.array(Text)),
  siteName: z.optional(Text),
  attachments: z.array(Attachment),
  /** Media in the order of the story. Body and image refer to them by the addresses of `media-address.ts`. */
  media: z.optional(z.array(MediaUse)),
  /** The file withdraws the article. An upload without this statement brings it back. */
  withdraw: z.optional(z.boolean()),
  wire: z.optional(WireItem),
  contentHash: Text,
  nearHash: z.optional(Text),
  parserVersion: Text,
  warnings: z.array(Text),
});
export type Content = z.infer<typeof Content>;

/** A duplicate group, the time since which the record was in it, and keys of the similarity index. */
const Left = z.object({ group: Text, since: Instant, similarityKeys: z.array(Text) });
export type Left = z.infer<typeof Left>;

/** A notice in the feeds that an article is no longer public. It names the editions that showed the article. */
const Gone = z.object({
  /** Time at which the article left the site. */
  at: Instant,
  /** End of the notice. */
  until: Instant,
  publishedAt: Instant,
  section: Text,
  tags: z.array(Text),
  authors: z.array(Author),
});

/** A key whose file was in a record, and the record that has it since the file was moved: see `shared/duplicates/move.ts`. */
export const Forward = z.object({
  key: Text,
  /** Id of the other record. */
  id: Text,
  /** Deletion of the key that ended the move. Missing in the record that the moved file left. */
  deleted: z.optional(z.object({ bucket: Text, sequencer: Text, at: Instant })),
});
export type Forward = z.infer<typeof Forward>;

const Identity = z.object({
  id: Text,
  guid: Text,
  source: Source,
  /** Number of writes of the record, including those that readers do not see. Conditional writes compare it. */
  version: Ordinal,
  ingestedAt: Instant,
  /** The group and keys that the last write left. shared/duplicates removes the record from them. */
  left: z.optional(Left),
  /** The article was live and is not. For some days, feeds have a notice in its place: see `feed-news.ts`. */
  gone: z.optional(Gone),
  /** Time at which the article left the site. Its page tells it, also after the end of the notice in the feeds. */
  goneAt: z.optional(Instant),
  /** A later upload that was rejected. The article still comes from the upload before it. */
  refused: z.optional(z.object({ versionId: z.optional(Text), etag: Text })),
  /** Ids of the records of the pictures and recordings that the file itself holds. They are removed with it. */
  embedded: z.optional(z.array(Text)),
  /** Ids of such records of the upload before. A repeated event removes them if a function was interrupted. */
  unembedded: z.optional(z.array(Text)),
  /** Keys of a former media file in the storage bucket. A repeated event deletes them if a function was interrupted. */
  unstored: z.optional(z.array(Text)),
  /** Keys that this record had, or that have its id, and that are in other records now. */
  forwards: z.optional(z.array(Forward)),
});

/** Fields of a former article that a record keeps, because a key always means the same article. */
const Kept = z.object({
  slug: z.optional(Text),
  permalink: z.optional(Text),
  revision: z.optional(Ordinal),
  /** The aliases, so that they can be removed from the site again. */
  aliases: z.optional(z.array(Text)),
  /** Time of the last change that readers saw. */
  updatedAt: z.optional(Instant),
  /** The article was killed. If the source comes back, the article is withdrawn. */
  killed: z.optional(z.boolean()),
  /** The {@link Article} was held by an editor. If the source comes back, the article is held. */
  editorHold: z.optional(Text),
});

/** An article in any state of publication. */
export const Article = z.object({
  ...Identity.shape,
  ...Content.shape,
  /** A `scheduled` article waits for an instant, a `held` one for an editor. */
  status: z.enum(['live', 'scheduled', 'held', 'withdrawn', 'duplicate']),
  /** Number of versions of the content, from 1. It is 0 if only a cancellation without text has come yet. */
  revision: Count,
  publishedAt: Instant,
  /** `upload` if the source states no date. */
  publishedFrom: PublishedFrom,
  updatedAt: Instant,
  /** Time of the last event that subscribers must see although the date of the article is older: see `feed-news.ts`. */
  newsAt: z.optional(Instant),
  /** The slug, and the permalink made from it, never change after the first write. */
  slug: Text,
  /** Path of the page below the site's base URL, without a leading slash. */
  permalink: Text,
  bodyKey: z.optional(Text),
  duplicateOf: z.optional(Text),
  /** Id of an earlier near duplicate. */
  nearDuplicateOf: z.optional(Text),
  /** The duplicate group of a near duplicate. Default: the content hash. */
  contentGroup: z.optional(Text),
  /** Time since which the file is in its duplicate group. */
  groupSince: z.optional(Instant),
  /** Reason of a withdrawal. Missing if an editor killed the article. No upload undoes a kill. */
  withdrawnBy: z.optional(z.enum(['expiry', 'source', 'cancellation'])),
  /** What the page of a killed article says: the reason, and the headline if the editor wants it there. */
  notice: z.optional(z.object({ reason: z.optional(Text), headline: z.optional(z.boolean()) })),
  /** Reason for which an editor holds the story: a sentence like that of `hold`. No upload ends it, only `release` does. */
  editorHold: z.optional(Text),
  /** The `hold` that an editor has released. The same hold has no effect again. */
  released: z.optional(Text),
  /** Cancellations by other files: see `cancellations.ts`. */
  cancelledBy: z.optional(z.array(Text)),
  /** Cancellations that an editor has overruled. */
  restored: z.optional(z.array(Text)),
  /** Fields that were corrected by hand after the upload: see `edited.ts`. */
  edited: z.optional(z.array(Text)),
});
export type Article = z.infer<typeof Article>;

/** A source that can never become an article, with the reason. */
export const Rejected = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('rejected'),
  reason: Reason,
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Rejected = z.infer<typeof Rejected>;

/** The fields that were corrected by hand, and those of `EDITABLE`. */
const Edits = z.object({
  ...z.partial(
    z.pick(Content, {
      headline: true,
      headlineFrom: true,
      dek: true,
      authors: true,
      section: true,
      tags: true,
      summary: true,
      summaryStated: true,
      correction: true,
      embargoUntil: true,
    }),
  ).shape,
  publishedAt: z.optional(Instant),
  publishedFrom: z.optional(PublishedFrom),
  edited: z.array(Text),
});
export type Edits = z.infer<typeof Edits>;

/** The record of a deleted source. Without it, a late event would bring the source back. */
export const Tombstone = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('deleted'),
  /** What the deleted file showed, if it was live. A file with the same content can continue its article. */
  was: z.optional(
    z.object({
      contentHash: Text,
      publishedAt: Instant,
      publishedFrom: PublishedFrom,
      edits: z.optional(Edits),
    }),
  ),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** A zip. Each of its files has a record of its own. */
export const Unpacked = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('unpacked'),
  /** Ids of the records of its files. In an unfinished record: ids of all files that are or will be stored. */
  members: z.array(Text),
  /** Some files are not stored yet. */
  unfinished: z.optional(z.literal(true)),
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Unpacked = z.infer<typeof Unpacked>;

/** A picture, a recording or a file of the look of the site, ready to be published. */
export const Media = z.object({
  ...Identity.shape,
  ...Kept.shape,
  status: z.literal('media'),
  /** `key` of its object in the storage bucket; `sha256` of its bytes, in hexadecimal. */
  file: z.object({
    ...MediaFacts.shape,
    key: Text,
    sha256: Text,
    renditions: z.optional(z.array(z.object({ name: Text, sha256: Text }))),
  }),
  warnings: z.array(Text),
  parserVersion: Text,
});
export type Media = z.infer<typeof Media>;

export const ArticleRecord = z.discriminatedUnion('status', [Article, Rejected, Tombstone, Unpacked, Media]);
export type ArticleRecord = z.infer<typeof ArticleRecord>;

/** Tells whether a record is an article, in any status. */
export function isArticle(record: ArticleRecord): record is Article {
  return 'headline' in record;
}

/** Tells whether an editor has withdrawn an article. Expired articles and those withdrawn by a file are not killed. */
export function isKilled(record: ArticleRecord): boolean {
  return isArticle(record)
    ? record.status === 'withdrawn' && record.withdrawnBy === undefined
    : record.killed === true;
}

/**
 * Whether the article of a file can follow the file to another key. The parts of a zip or a mail cannot, because they
 * have no events of their own. Nor can the items of agencies, because cancellations find them by their folder.
 */
export function canBeMoved({ source, wire, cancelledBy }: Article): boolean {
  return source.memberOf === undefined && wire === undefined && cancelledBy === undefined;
}

/** The record to which a key was moved from this record. */
export function forwardOf(record: ArticleRecord | undefined, key: string): Forward | undefined {
  return record?.forwards?.find(forward => forward.key === key);
}

/** The duplicate group of an article in any status: the hash of its content, or the group of its near duplicate. */
export function groupOf(article: Pick<Article, 'contentGroup' | 'contentHash'>): string {
  return article.contentGroup ?? article.contentHash;
}

/** Time since which the file of an article is in its duplicate group. */
export function groupSinceOf({ groupSince, source }: Pick<Article, 'groupSince' | 'source'>): string {
  return groupSince ?? source.uploadedAt;
}

/** Result of `parseArticle`: the content, the plain text of the body, and the stated dates. */
export interface ParsedArticle extends Content {
  bodyHtml: string;
  /** The body as plain text, with one line per block. */
  bodyText: string;
  /** Name of the reader of the file: `text`, `html`, `markdown`... */
  format: string;
  /** WHATWG name of the encoding of the file. */
  charset: string;
  publishedAt?: string | undefined;
  publishedFrom?: PublishedFrom | undefined;
  modifiedAt?: string | undefined;
  /** Pictures and recordings that the file itself holds and the article shows. Absent if there are none. */
  embeddedFiles?: EmbeddedFile[];
}

/** A picture or recording inside another file. */
export interface EmbeddedFile {
  /** Its key: the key of the file that holds it, and a name that depends on the content. */
  key: string;
  bytes: Uint8Array;
}
