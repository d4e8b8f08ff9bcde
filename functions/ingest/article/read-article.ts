import { Rejection } from '../../../shared/errors/rejection.ts';
import type { HeadlineFrom, ParsedArticle, WireItem } from '../../../shared/model/article.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { MAIL_FOLDER } from '../../../shared/model/mail-folder.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { zipKind } from '../decode/zip.ts';
import { chooseFormat } from '../formats/choose-format.ts';
import { isMailFile } from '../formats/sniff.ts';
import { embedDataPictures } from '../media/data-pictures.ts';
import { type Clock, Deadline } from '../model/deadline.ts';
import { type DomNode, elementsOf } from '../model/dom.ts';
import {
  type AttachedDocument,
  contextOf,
  type ParseInput,
  type SourceDocument,
  type SourceText,
} from '../model/format-reader.ts';
import { LocalMedia } from '../model/local-media.ts';
import { type ReleaseState, ReleaseTerms } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import type { Body } from '../page/attempt.ts';
import { takeDocumentTerms } from '../release/document.ts';
import { headingBelow, readComments, takeStatedTerms } from '../release/stated.ts';
import { hasWords } from '../text/characters.ts';
import { parseInstant } from '../text/dates.ts';
import { assemble } from './assemble.ts';
import { cleanCopy } from './clean-copy.ts';
import { lostWordsWarning } from './lost-words.ts';
import { readObjectMetadata } from './object-metadata.ts';
import { PARSER_VERSION } from './parser-version.ts';

/**
 * Parses a file into an article. Also returns the parsed body, which `explain` needs. The function is pure: the
 * same input always gives the same article.
 * @param clock measures the time that parsing takes
 * @throws Rejection if the file can never become an article; any other error is a bug in Copydesk or a fault
 *   of the computer
 */
export async function readArticle(
  input: ParseInput,
  settings: FunctionSettings,
  clock?: Clock,
): Promise<ReadArticle> {
  const { fileBytes, mediaBytes } = settings.limits;
  // The limits of what is in a zip or a mail are those of their readers.
  const maxBytes = zipKind(input.bytes) !== undefined || isMailFile(input) ? mediaBytes : fileBytes;
  if (input.bytes.length > maxBytes)
    throw new Rejection('too-large', `The file has ${input.bytes.length} bytes; the limit is ${maxBytes}.`);
  return parse(input, settings, new Deadline(settings.limits.parseSeconds, clock));
}

interface ReadArticle {
  article: ParsedArticle;
  body: Body;
}

async function parse(
  given: ParseInput,
  settings: FunctionSettings,
  deadline: Deadline,
): Promise<ReadArticle> {
  const isInMailFolder = (given.home ?? given.key).startsWith(MAIL_FOLDER);
  const mailed = isInMailFolder ? (await mail()).asMailed(given, settings) : undefined;
  const input = mailed?.input ?? given;
  const { reader, text, charset, warnings } = await chooseFormat(input);
  const local = new LocalMedia(input.home ?? input.key, settings.articles.sharedFolders);
  const terms = new ReleaseTerms();
  const readAttached = async (attached: ParseInput): Promise<AttachedDocument> => {
    const chosen = await chooseFormat(attached);
    const source = { text: chosen.text, input: attached, settings, deadline, local, terms, readAttached };
    return { document: await chosen.reader.read(source), text: chosen.text };
  };
  const source = await reader.read({ text, input, settings, deadline, local, terms, readAttached });
  deadline.check();
  await embedDataPictures(source.root, local);
  const object = readObjectMetadata(input.metadata ?? {}, { settings, local, terms, filedAt: input.filedAt });
  const context = {
    ...contextOf({ input, settings }),
    language: object.stated.language ?? source.stated.language ?? settings.site.language,
  };
  // The language decides what a date in a term means.
  if (source.termsReadIn !== context.language) takeDocumentTerms(source.root, source.layout, context, terms);
  for (const each of [source.stated, object.stated]) takeStatedTerms(each, context, terms);
  const heading =
    source.stated.headline || terms.size === 0 ? undefined : headingBelow(source.root, source.layout);
  if (heading) source.stated.headline = { text: heading, from: 'document' };
  readComments(text, context, terms);
  const stated: Stated = { ...source.stated, ...object.stated };
  const body = await bodyOf(source, stated, { input, settings, deadline, local });
  const filed = terms.state(stated.published !== undefined);
  const release: ReleaseState = { ...filed, ...(mailed?.hold && { hold: mailed.hold }) };
  if (mailed?.hold && filed.hold) warnings.push(filed.hold);
  // A cancellation may have no text, because it is about an earlier story.
  const isNotice = release.withdraw || (source.isNotice && release.hold !== undefined);
  // Front matter alone, such as `published: false`, takes an earlier story back.
  if (!isNotice && !terms.isHeldByKey && !hasWords(body.cleaned.text))
    throw new Rejection('empty', 'The file holds no words of a story.');
  deadline.check();
  const article = assemble({
    body,
    stated,
    release,
    // A stranger cancels no story.
    wire: mailed?.hold ? undefined : wireOf(source, release),
    local,
    input,
    settings,
    warnings: [...terms.warnings(), ...warnings, ...source.warnings, ...object.warnings],
    format: source.format,
    charset,
    parserVersion: PARSER_VERSION,
  });
  const shown = source.format === 'html' ? `${body.shown()}\n${source.shown ?? ''}` : (source.shown ?? text);
  const lost = isNotice ? undefined : lostWordsWarning(article, shown);
  if (lost) article.warnings.push(lost);
  return { article, body };
}

/** Few newsrooms have a mailbox. */
const mail = loadedOnce(() => import('./as-mailed.ts'));

/** The ids of a wire item, after its release terms are known. Undefined if it has none. */
function wireOf({ wire }: SourceDocument, { withdraw }: ReleaseState): WireItem | undefined {
  if (wire === undefined) return undefined;
  const { follows, ids, cancels, ...rest } = wire;
  const all = withdraw ? [...new Set([...ids, ...follows, ...cancels])] : cancels;
  return ids.length + all.length > 0 ? { ...rest, ids, cancels: all } : undefined;
}

async function bodyOf(
  source: SourceDocument,
  stated: Stated,
  { input, settings, deadline, local: media }: Pick<SourceText, 'input' | 'settings' | 'deadline' | 'local'>,
): Promise<Body> {
  const own = webUrl(input.url) ?? stated.canonicalUrl;
  const { root } = source;
  const base = baseOf(root);
  const baseUrl = webUrl(base, own) ?? own;
  // Relative addresses of a page with a known web address are addresses on that site. Relative addresses of
  // copy are files of the bucket.
  const isElsewhere = base !== undefined || webUrl(input.url) !== undefined;
  if (isElsewhere || (source.layout === 'page' && own !== undefined)) media.readFromElsewhere();
  const headline = source.stated.headline?.text ?? stated.headline?.text;
  if (source.layout === 'copy')
    return cleanCopy(root, { headline: ownHeadline(source.stated), baseUrl, local: media, deadline });
  const dates = { timeZone: settings.articles.timeZone, language: stated.language };
  const dateOf = (text: string) =>
    text.length <= 90 && /\d/.test(text) ? parseInstant(text, dates)?.at : undefined;
  const authors = stated.authors?.map(({ name }) => name);
  const { articleBody } = source;
  const { extractPage } = await page();
  return extractPage(root, { headline, authors, articleBody, baseUrl, local: media, dateOf, deadline });
}

/** Word tables of pages are large, and other formats do not need them. */
const page = loadedOnce(() => import('../page/body.ts'));

/** The base address that the head of a document declares. */
function baseOf(root: DomNode): string | undefined {
  for (const element of elementsOf(root, inside => inside.name !== 'body')) {
    if (element.name === 'base' && element.attribs.href) return element.attribs.href;
  }
  return undefined;
}

/**
 * The headline in a document's body. The readers of text formats have already removed the headline from the
 * body.
 */
function ownHeadline(stated: Stated): string | undefined {
  const from: HeadlineFrom | undefined = stated.headline?.from;
  return from === 'document' ? stated.headline?.text : undefined;
}
