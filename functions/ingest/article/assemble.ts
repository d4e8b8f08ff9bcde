import type { HeadlineFrom, ParsedArticle, Related, WireItem } from '../../../shared/model/article.ts';
import { sectionKey } from '../../../shared/model/identity.ts';
import { topFolderOf } from '../../../shared/model/media-address.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { directionOf } from '../../../shared/text/language-tag.ts';
import type { ParseInput } from '../model/format-reader.ts';
import { type LocalMedia, withoutFolders } from '../model/local-media.ts';
import type { ReleaseState } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import type { Body } from '../page/attempt.ts';
import { fold, hasWords, head, oneLine } from '../text/characters.ts';
import { contentHash, countWords, readingMinutes } from '../text/counting.ts';
import { withoutDateline } from '../text/dateline.ts';
import { deriveHeadline, headlineFromKey } from '../text/headline.ts';
import { chooseLanguage, withRegion } from '../text/language.ts';
import { firstParagraphsOf, keyPointsOf, summarize, tidyTags } from './summary.ts';

/** The parts of an article. */
export interface ArticleParts {
  body: Body;
  stated: Stated;
  release: ReleaseState;
  wire?: WireItem | undefined;
  local: LocalMedia;
  input: ParseInput;
  settings: FunctionSettings;
  warnings: readonly string[];
  format: string;
  charset: string;
  parserVersion: string;
}

/**
 * Minimum length, in characters, of a first paragraph that becomes a headline. If the paragraph is shorter, the file's
 * name becomes the headline.
 */
const MIN_LEDE_CHARS = 12;

/**
 * Minimum number of letters and digits of a dek that is compared with the first paragraph. A shorter dek is not
 * removed as a repetition.
 */
const MIN_REPEATED_CHARS = 20;

/** Makes the article from the stated and the found values. Derives the values that are missing. */
export function assemble({
  body,
  stated,
  release,
  wire,
  local,
  input,
  settings,
  warnings: given,
  format,
  charset,
  parserVersion,
}: ArticleParts): ParsedArticle {
  const { cleaned } = body;
  const warnings = [...(release.hold === undefined ? [] : [release.hold]), ...given];
  const paragraphs = firstParagraphsOf(cleaned.blocks);
  const chosen = chooseLanguage(stated.language, cleaned.text, settings.site.language);
  const language = withRegion(chosen.language, cleaned.text, settings.site.language);
  if (chosen.overruled)
    warnings.push(`The file states the language "${stated.language}", but its text is in "${language}".`);
  const headline = headlineOf(
    stated,
    paragraphs[0] ?? cleaned.text.split('\n')[0] ?? '',
    input.key,
    language,
  );
  const ownHeadline = headline.from === 'derived' || headline.from === 'filename' ? undefined : headline.text;
  const words = countWords(cleaned.text, language);
  const authors = stated.authors?.length ? stated.authors : (body.byline ?? []);
  const { defaultAuthor } = settings.articles;
  const placement = placementOf(stated, input.key, settings);
  warnings.push(...placement.warnings, ...local.warnings);
  if (cleaned.lostImages > 0)
    warnings.push(
      `Left out: ${count(cleaned.lostImages, 'picture')} without an address that browsers can reach.`,
    );
  if (cleaned.lostLinks > 0)
    warnings.push(
      `Kept as plain words: ${count(cleaned.lostLinks, 'link')} without an address that browsers can reach.`,
    );
  if (cleaned.embeds > 0)
    warnings.push(
      `Became links: ${count(cleaned.embeds, 'embed')} of other sites, such as videos and posts.`,
    );
  if (cleaned.lostLetters > 0) {
    warnings.push(
      `Cleaning lost ${count(cleaned.lostLetters, 'letter')} of the story. Compare the article with the file.`,
    );
  }
  const { media, tooMany } = local.uses({
    image: stated.image?.url,
    html: cleaned.html,
    recordings: [...(stated.recordings ?? []), ...cleaned.recordings.map(address => ({ address }))],
  });
  const embedded = local.embeddedIn(media);
  if (tooMany > 0) warnings.push(`Left out: ${count(tooMany, 'media file')} above the limit of one article.`);
  const published = stated.published ?? (body.date ? { at: body.date, from: 'text' } : undefined);
  const dek = dekOf(stated, headline.text, [cleaned.text.split('\n', 1)[0] ?? '', paragraphs[0] ?? '']);
  const summary = oneLine(stated.summary ?? '');
  return {
    headline: headline.text,
    headlineFrom: headline.from,
    ...(dek ? { dek } : {}),
    authors: authors.length > 0 ? authors : defaultAuthor ? [{ name: defaultAuthor }] : [],
    ...optional('dateline', stated.dateline),
    ...release,
    language,
    direction: directionOf(language),
    section: placement.section,
    tags: tidyTags(stated.tags ?? []),
    summary:
      summary || summarize(paragraphs.length > 0 ? paragraphs : cleaned.text.split('\n', 20), language),
    ...optional('summaryStated', summary !== '' || undefined),
    keyPoints: stated.keyPoints?.length ? stated.keyPoints : keyPointsOf(cleaned.blocks),
    bodyHtml: cleaned.html,
    bodyText: cleaned.text,
    wordCount: words,
    readingMinutes: readingMinutes(cleaned.text, words),
    ...optional('correction', stated.correction),
    ...optional('pinned', placement.pinned),
    ...optional('image', stated.image),
    related: mergeRelated(stated.related ?? [], body.related),
    ...optional('canonicalUrl', stated.canonicalUrl),
    ...optional('aliases', stated.aliases),
    ...optional('siteName', stated.siteName),
    attachments: stated.attachments ?? [],
    ...optional('media', media.length > 0 ? media : undefined),
    ...optional('embeddedFiles', embedded.length > 0 ? embedded : undefined),
    ...optional('wire', wire),
    contentHash: contentHash(ownHeadline, withoutFolders(cleaned.html)),
    parserVersion,
    warnings: [...new Set(warnings)],
    format,
    charset,
    ...(published ? { publishedAt: published.at, publishedFrom: published.from } : {}),
    // A modified date before the publication date is ignored.
    ...(stated.modified && !(published && stated.modified.at < published.at)
      ? { modifiedAt: stated.modified.at }
      : {}),
  };
}

/**
 * The dek. Many systems repeat the headline or the beginning of the story in the dek; the dek is then empty. The
 * body keeps this text, because feeds carry only the body.
 */
function dekOf(stated: Stated, headline: string, openings: readonly string[]): string {
  const dek = oneLine(stated.dek ?? '');
  const words = fold(dek);
  if (words === '' || words === fold(headline)) return '';
  const repeated = openings.some(opening =>
    [opening, withoutDateline(opening)].some(text => {
      const start = fold(head(text, 4 * dek.length));
      return words === start || (words.length >= MIN_REPEATED_CHARS && start.startsWith(words));
    }),
  );
  return repeated ? '' : dek;
}

function headlineOf(
  stated: Stated,
  lede: string,
  key: string,
  language: string,
): { text: string; from: HeadlineFrom } {
  const own = oneLine(stated.headline?.text ?? '');
  if (stated.headline && hasWords(own)) return { text: own, from: stated.headline.from };
  const derived = lede.length >= MIN_LEDE_CHARS ? deriveHeadline(lede, language) : undefined;
  if (derived) return { text: derived, from: 'derived' };
  return { text: headlineFromKey(key), from: 'filename' };
}

/**
 * The section of a story, and the pages to which the story is pinned. If the folder decides the section, a file
 * cannot be pinned to the pages of other sections.
 */
function placementOf(
  { section: stated = '', pinned }: Stated,
  key: string,
  { articles }: FunctionSettings,
): Pick<ParsedArticle, 'section' | 'pinned'> & { warnings: string[] } {
  const named = oneLine(stated);
  const ofFolder = oneLine(topFolderOf(key) ?? '') || articles.defaultSection;
  if (articles.sectionFrom === 'file')
    return { section: named || ofFolder, ...optional('pinned', pinned), warnings: [] };
  const warnings: string[] = [];
  if (named && sectionKey(named) !== sectionKey(ofFolder))
    warnings.push(
      `The section “${named}” was ignored: the folder decides that the section is “${ofFolder}” (setting articles.sectionFrom).`,
    );
  if (pinned)
    warnings.push(
      `The story is pinned to the page of “${ofFolder}” only: the folder decides on its section (setting articles.sectionFrom).`,
    );
  return { section: ofFolder, ...optional('pinned', pinned ? ('section' as const) : undefined), warnings };
}

function mergeRelated(stated: readonly Related[], found: readonly Related[]): Related[] {
  const byTitle = new Map<string, Related>();
  for (const story of [...stated, ...found]) if (!byTitle.has(story.title)) byTitle.set(story.title, story);
  return [...byTitle.values()];
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V };
}

function count(number: number, thing: string): string {
  return number === 1 ? `1 ${thing}` : `${number} ${thing}s`;
}
