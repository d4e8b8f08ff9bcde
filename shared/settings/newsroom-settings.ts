import * as z from 'zod';
import { DEFAULT_NOTICE_DAYS } from '../model/feed-news.ts';
import { languageTag } from '../text/language-tag.ts';
import { FACE, refuseSameSections } from './face-settings.ts';
import { Podcast } from './podcast-settings.ts';
import { Redirects } from './redirect-settings.ts';

/**
 * The settings that the functions read. Each field has a `description`, the `reason` of its default, and `allowed` if the
 * type does not show the allowed values. docs/settings.md and copydesk.schema.json are made from these texts.
 */

const WEB_ADDRESS = 'an http or https address';
const WebUrl = z
  .url({ protocol: /^https?$/, error: `must be ${WEB_ADDRESS}` })
  .transform(url => url.replace(/\/+$/, ''))
  .meta({ allowed: WEB_ADDRESS });
/** The address of a hub keeps a slash at its end, because the slash can be a part of its name. */
const HubUrl = z
  .url({ protocol: /^https?$/, error: `must be ${WEB_ADDRESS}` })
  .meta({ allowed: WEB_ADDRESS });

const LANGUAGE_TAG = 'a language tag such as "en" or "pt-BR"';
const LanguageTag = z
  .string()
  .refine(tag => languageTag(tag) !== undefined, { error: `must be ${LANGUAGE_TAG}` })
  .meta({ allowed: LANGUAGE_TAG });

const TIME_ZONE = 'an IANA time zone such as "Europe/Kyiv"';
const TimeZone = z
  .string()
  .refine(isTimeZone, { error: `must be ${TIME_ZONE}` })
  .meta({ allowed: TIME_ZONE });

const NAMESPACE = '1 to 63 lower-case letters, digits and hyphens, with no hyphen at the start or end';
/** It can be the name of a bucket, because older deployments made ids from the name of their intake bucket. */
const Namespace = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, { error: `must be ${NAMESPACE}` })
  .meta({ allowed: NAMESPACE });

const Line = z.string().trim().min(1);

const FolderName = Line.refine(name => !name.includes('/'), {
  error: 'must be the name of a top folder, without a slash',
});

export const Site = z
  .strictObject({
    title: Line.default('Copydesk').meta({
      description: 'Name of the site and of its main feed.',
      reason: 'A new site needs a name.',
    }),
    description: z.string().trim().optional().meta({
      description:
        'One sentence about the site. Without it, the site has a sentence like “The latest articles.” in its language.',
      reason: 'RSS requires a description, and this one is true of every site.',
    }),
    language: LanguageTag.default('en').meta({
      description:
        'Language of the site, and of articles whose language is not found. Its region and script also hold for articles in the same language: on a site in `en-GB`, articles in `en` are in `en-GB`. It also decides how the addresses of sections, tags and authors are spelt: `Kültür` is `/kultur/` in Turkish. If you change it on a site with stories, run `npx copydesk publish --all`. Former addresses that are spelt differently then stay, without stories, until you delete their folders from the site bucket.',
      reason: 'If there are no labels in a language, the site also uses English.',
    }),
    baseUrl: WebUrl.optional().meta({
      description:
        'Public address of the site. Set it only if this is neither the address of `deployment.domain` nor that of CloudFront.',
      reason: 'The deployment knows the address under which it serves the site.',
    }),
    copyright: Line.optional().meta({
      description: 'Copyright line of the feeds.',
      reason: 'Only you know who owns the copy.',
    }),
    ...FACE,
    search: z.boolean().default(true).meta({
      description:
        'Whether readers can search the site. If you turn it off or on, run `npx copydesk publish --all` for the articles that are published already.',
      reason: 'Readers look for stories that they remember. The search needs no server and no other company.',
    }),
    redirects: Redirects.default({}).meta({
      allowed: 'an object such as `{ "/old-feed.xml": "/feed.xml" }`',
      description:
        'Addresses of the site that lead to others, with status 301: to a path of the site, or to an https address. A story names its own former addresses (`aliases`).',
      reason: 'Only you know the addresses that readers keep.',
    }),
  })
  .superRefine(refuseSameSections)
  .meta({ description: 'Name, address and look of the site.' });

export const Articles = z
  .strictObject({
    namespace: Namespace.default('copydesk').meta({
      description:
        'Name from which the ids and guids of articles are made, together with the keys of their files. Never change it on a deployment that has articles: each file that is uploaded again would become a second article.',
      reason:
        'It does not depend on an account, a region or a bucket. So a file has the same article on every deployment, and an archive can move.',
    }),
    timeZone: TimeZone.default('UTC').meta({
      description: 'Time zone of dates without a time zone, and of the times on pages.',
      reason: 'UTC is neutral and has no summer time.',
    }),
    timeZoneName: Line.optional().meta({
      description:
        'Words after each time on the page of an article, such as "Kyiv time". Lists never have them.',
      reason: 'A paper of one place needs none. Only you know the words that its readers use.',
    }),
    defaultAuthor: Line.optional().meta({
      description: 'Byline of articles without a byline.',
      reason: 'No byline is better than a wrong one.',
    }),
    defaultSection: Line.default('news').meta({
      description: 'Section of files that are in no folder.',
      reason: 'The name fits every article.',
    }),
    sectionFrom: z.enum(['file', 'folder']).default('file').meta({
      description:
        'Where the section of a story comes from. `file`: from the file, or from the folder if the file names no section. `folder`: only from the folder. A pinned story then leads only the page of its section.',
      reason:
        'In most newsrooms everybody may file for every section. `folder` is for uploaders who have access to only one folder.',
    }),
    sharedFolders: z.array(FolderName).max(50).default(['img', 'images', 'media', 'assets']).meta({
      description:
        'Top folders whose pictures and recordings every story may show. From other folders, a story can show only files of its own top folder.',
      reason:
        'A story must not show the picture of an unpublished story in another folder. Folders with these names usually hold shared files.',
      allowed: 'a list of names of top folders',
    }),
  })
  .meta({ description: 'Defaults of articles, and rules for their files.' });

export const Feeds = z
  .strictObject({
    entries: z.int().min(1).max(200).default(50).meta({
      description:
        'Number of entries in each feed. They are the newest ones. A feed has more, up to 200, if more are of the same day.',
      reason:
        'Feed readers that poll seldom then miss little. Some find older entries through the link `prev-archive` or `next_url`.',
    }),
    content: z.enum(['full', 'summary']).default('full').meta({
      description: 'Content of feed entries: the full article, or its summary and a link to its page.',
      reason: 'Subscribers want to read in their feed reader. `summary` is for sites that need visits.',
    }),
    maxBytes: z.int().min(50_000).max(5_000_000).default(700_000).meta({
      description:
        'Maximum size of all article bodies in a feed, in bytes. Above it, the feed has the summary of an article and a link. No article is cut.',
      reason: 'The feed, with escaped markup, then stays below 1 MB. Some feed readers refuse larger feeds.',
    }),
    tags: z.boolean().default(true).meta({
      description: 'Whether each tag has a page and feeds.',
      reason: 'Readers follow topics. Without these pages each change writes fewer files, which is cheaper.',
    }),
    authors: z.boolean().default(true).meta({
      description: 'Whether each author has a page and feeds.',
      reason: 'Readers follow authors. Without these pages each change writes fewer files, which is cheaper.',
    }),
    collectMinutes: z.int().min(0).max(60).default(15).meta({
      description:
        'Minutes for which busy tags and authors, and the history, collect new articles before they are written. The main feed, the sections and quiet tags and authors get each article at once. Corrections and withdrawals never wait. With 0 nothing waits.',
      reason:
        'In a busy newsroom these views cost more than all others together, and few people read them. Most feed readers poll once an hour.',
    }),
    noticeDays: z.int().min(0).max(30).default(DEFAULT_NOTICE_DAYS).meta({
      description:
        'Days for which feeds tell that an article was withdrawn or deleted. The entry of the article keeps its id and has a notice instead of the headline and the text. With 0 the entry disappears at once.',
      reason:
        'Feed readers keep an entry that disappears, with its whole text. They replace it by the notice when they poll, and nearly all poll within a week.',
    }),
    hub: HubUrl.optional().meta({
      description:
        'Address of a WebSub hub. The feeds name the hub. Publish notifies the hub of each change, so that subscribers of the hub need not poll.',
      reason: 'A hub is a service of another company, so you must choose it.',
    }),
    podcasts: z.record(Line, Podcast).default({}).meta({
      allowed: 'names of sections, each with `image`, `category` and other fields',
      description: 'Sections whose RSS feed is a podcast: see [podcasts](#podcasts).',
      reason: 'Only you know who makes the show, and directories require a cover and a category.',
    }),
  })
  .meta({ description: 'Content and number of feeds.' });

export const Duplicates = z
  .strictObject({
    near: z.enum(['note', 'hide', 'off']).default('note').meta({
      description:
        'What happens to a near duplicate of an earlier story. `note`: editors get a warning. `hide`: only the first story is published. `off`: nothing. Exact duplicates are always published only once.',
      reason: 'An update of an earlier story is also a near duplicate, so an editor should decide.',
    }),
    similarity: z.number().min(0.5).max(1).default(0.8).meta({
      description:
        'Minimum share of text that two stories have in common if they are near duplicates, from 0 to 1.',
      reason:
        'Two versions of one story share at least 80 % of their five-word phrases. Two reports of one event share far fewer.',
    }),
  })
  .meta({ description: 'Near duplicates: the same story in two files.' });

export const Limits = z
  .strictObject({
    fileBytes: z.int().min(1_000).max(100_000_000).default(10_000_000).meta({
      description: 'Maximum size of a file, in bytes.',
      reason: 'The longest articles have less than 1 MB. A larger file is rarely an article.',
    }),
    mediaBytes: z.int().min(1_000).max(100_000_000).default(25_000_000).meta({
      description:
        'Maximum size of a picture or recording, in bytes. The ending of its name decides whether a file is one.',
      reason:
        'This is enough for half an hour of speech or an original camera picture. Five such files fit into the memory of the function.',
    }),
    parseSeconds: z.number().min(0.1).max(120).default(20).meta({
      description: 'Maximum CPU time for one file, in seconds.',
      reason:
        'An ordinary file takes milliseconds. Only an attack takes seconds. A batch of five such files must fit into one call. The limit counts CPU time, so that a busy computer rejects no file.',
    }),
  })
  .meta({ description: 'Limits beyond which a file is rejected. Its record has the reason.' });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
