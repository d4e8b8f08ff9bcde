import * as z from 'zod';
import { languageTag } from '../text/language-tag.ts';

/**
 * The settings that the functions read. Each field says what it is (`description`), why its default is what it is
 * (`reason`) and, where the type alone does not tell, what it may be (`allowed`): docs/settings.md and
 * copydesk.schema.json are made of these.
 */

const WEB_ADDRESS = 'an http or https address';
const WebUrl = z
  .url({ protocol: /^https?$/, error: `must be ${WEB_ADDRESS}` })
  .transform(url => url.replace(/\/+$/, ''))
  .meta({ allowed: WEB_ADDRESS });
/** As it is: to a hub, a slash at the end may be part of its name. */
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

const Line = z.string().trim().min(1);

const FolderName = Line.refine(name => !name.includes('/'), {
  error: 'must be the name of a top folder, without a slash',
});

export const Site = z
  .strictObject({
    title: Line.default('Copydesk').meta({
      description: 'Name of the site, and of its main feed.',
      reason: 'A site needs some name before anybody has given it one.',
    }),
    description: z.string().trim().default('The latest articles.').meta({
      description: 'One sentence on what the site is.',
      reason: 'RSS requires a description, and this one is true of every site.',
    }),
    language: LanguageTag.default('en').meta({
      description: 'Language of the site, and of articles in which none is found.',
      reason: 'The words around articles fall back to English too.',
    }),
    baseUrl: WebUrl.optional().meta({
      description:
        "Public address of the site, where it is neither that of `deployment.domain` nor CloudFront's.",
      reason: 'The deployment knows the address under which it serves the site.',
    }),
    copyright: Line.optional().meta({
      description: 'Copyright line of the feeds.',
      reason: 'Whose the copy is, only its owner knows.',
    }),
  })
  .meta({ description: 'What the site is called and where it is.' });

export const Articles = z
  .strictObject({
    timeZone: TimeZone.default('UTC').meta({
      description: 'Time zone of dates that state none, and of the times that pages show.',
      reason: "It is nobody's own, and has no summer time to be wrong about.",
    }),
    defaultAuthor: Line.optional().meta({
      description: 'Byline of articles that have none.',
      reason: 'No byline is better than a wrong one.',
    }),
    defaultSection: Line.default('news').meta({
      description: 'Section of files that lie in no folder.',
      reason: 'It is true of anything that is filed.',
    }),
    sectionFrom: z.enum(['file', 'folder']).default('file').meta({
      description:
        'What decides on the section of a story: its file, or its folder where the file names none; or the folder alone. With `folder` a pinned story leads the page of its section only.',
      reason:
        'In most newsrooms everybody may file for every desk. `folder` is for uploaders who may write one folder only.',
    }),
    sharedFolders: z.array(FolderName).max(50).default(['img', 'images', 'media', 'assets']).meta({
      description:
        'Top folders whose pictures and recordings every story may show. Of other folders a story shows its own top folder only.',
      reason:
        'Nobody can publish the picture of a story that another folder still holds. Folders of these names hold what all share.',
      allowed: 'a list of names of top folders',
    }),
  })
  .meta({ description: 'What is assumed of articles, and what their files may decide.' });

export const Feeds = z
  .strictObject({
    entries: z.int().min(1).max(200).default(50).meta({
      description: 'Newest entries in each feed.',
      reason:
        'A reader that polls once a day misses nothing on most desks; whoever was away longer follows `prev-archive`.',
    }),
    content: z.enum(['full', 'summary']).default('full').meta({
      description: 'What feeds hold of each article: all of it, or its summary and a link to its page.',
      reason:
        'Whoever subscribes wants to read where they are; `summary` is for who lives by visits of the site.',
    }),
    maxBytes: z.int().min(50_000).max(5_000_000).default(700_000).meta({
      description:
        'Bytes of article bodies in a feed. Articles beyond them come with their summary and a link, never cut.',
      reason: 'With the markup escaped the feed stays below 1 MB, beyond which some readers give up.',
    }),
    tags: z.boolean().default(true).meta({
      description: 'Whether each tag has a page and feeds of its own.',
      reason: 'Readers follow topics. Switched off, each change writes fewer files, which is cheaper.',
    }),
    authors: z.boolean().default(true).meta({
      description: 'Whether each author has a page and feeds of their own.',
      reason: 'Readers follow authors. Switched off, each change writes fewer files, which is cheaper.',
    }),
    hub: HubUrl.optional().meta({
      description:
        'Address of a WebSub hub. The feeds name it, and it is told of each change, so that subscribers of the hub need not poll.',
      reason: "A hub is somebody else's service: only you can choose whom to tell.",
    }),
  })
  .meta({ description: 'What feeds hold, and which there are.' });

export const Duplicates = z
  .strictObject({
    near: z.enum(['note', 'hide', 'off']).default('note').meta({
      description:
        'What happens to a story that nearly equals an earlier one: a note to the editors, only the first is shown, or nothing. The same story to the letter is always shown once.',
      reason: 'An update of a running story nearly equals it too: whether to hide it is for an editor.',
    }),
    similarity: z.number().min(0.5).max(1).default(0.8).meta({
      description: 'How much of their text two stories must share to be nearly the same.',
      reason:
        'Stories that share four fifths of their five-word phrases are one story mended; two reports of one event share far fewer.',
    }),
  })
  .meta({ description: 'The same story twice.' });

export const Limits = z
  .strictObject({
    fileBytes: z.int().min(1_000).max(100_000_000).default(10_000_000).meta({
      description: 'Largest file that is read, in bytes.',
      reason: 'The longest articles have less than 1 MB; what is larger is rarely an article.',
    }),
    mediaBytes: z.int().min(1_000).max(100_000_000).default(25_000_000).meta({
      description: 'Largest picture or recording that is taken, in bytes, by the ending of its name.',
      reason:
        "Half an hour of speech, or a picture as the camera made it, and five fit into the function's memory.",
    }),
    parseSeconds: z.number().min(0.1).max(120).default(20).meta({
      description: 'Most seconds of CPU time that one file may take.',
      reason:
        'An ordinary file takes milliseconds. Only one made to be slow needs more, and a batch of five such must fit into one call. CPU time, so that a busy computer rejects nothing.',
    }),
  })
  .meta({ description: 'Beyond these a file is rejected, and its record says why.' });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
