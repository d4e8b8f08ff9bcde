import type { HeadlineFrom, ParsedArticle, Related, WireItem } from '../../../shared/model/article.ts';
import { sectionPath } from '../../../shared/model/identity.ts';
import { topFolderOf } from '../../../shared/model/media-address.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { directionOf } from '../../../shared/text/language-tag.ts';
import type { ParseInput } from '../model/format-reader.ts';
import { type LocalMedia, withoutFolders } from '../model/local-media.ts';
import type { ReleaseState } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import type { Body } from '../page/body.ts';
import { fold, hasWords, head, oneLine } from '../text/characters.ts';
import { contentHash, countWords, readingMinutes } from '../text/counting.ts';
import { withoutDateline } from '../text/dateline.ts';
import { deriveHeadline, headlineFromKey } from '../text/headline.ts';
import { chooseLanguage } from '../text/language.ts';
import { firstParagraphsOf, keyPointsOf, summarize, tidyTags } from './summary.ts';

export interface Parts {
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

/** A derived headline needs a first paragraph of so many characters; a file's name says more than less. */
const MIN_LEDE = 12;

/** So many letters and digits of a first paragraph do not stand in the dek by chance. */
const MIN_REPEATED = 20;

/** Puts the article together from what was stated and what was found, and fills in what neither gives. */
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
}: Parts): ParsedArticle {
  const { cleaned } = body;
  const warnings = [...(release.hold === undefined ? [] : [release.hold]), ...given];
  const paragraphs = firstParagraphsOf(cleaned.blocks);
  const { language, overruled } = chooseLanguage(stated.language, cleaned.text, settings.site.language);
  if (overruled)
    warnings.push(`The file says that it is in "${stated.language}", but its text is in "${language}".`);
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
  const place = placeOf(stated, input.key, settings);
  warnings.push(...place.warnings, ...local.warnings);
  if (cleaned.lostImages > 0)
    warnings.push(
      `${count(cleaned.lostImages, 'picture')} had no address that the web can reach, and were left out.`,
    );
  if (cleaned.lostLinks > 0)
    warnings.push(
      `${count(cleaned.lostLinks, 'link')} had no address that the web can reach: the words were kept.`,
    );
  if (cleaned.lostLetters > 0) {
    warnings.push(
      `${count(cleaned.lostLetters, 'letter')} of the story were lost while it was cleaned: compare it with the file.`,
    );
  }
  const { media, tooMany } = local.uses({
    image: stated.image?.url,
    html: cleaned.html,
    recordings: [...(stated.recordings ?? []), ...cleaned.recordings.map(address => ({ address }))],
  });
  if (tooMany > 0) warnings.push(`${count(tooMany, 'picture')} of the bucket were too many, and left out.`);
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
    section: place.section,
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
    ...optional('pinned', place.pinned),
    ...optional('image', stated.image),
    related: mergeRelated(stated.related ?? [], body.related),
    ...optional('canonicalUrl', stated.canonicalUrl),
    ...optional('siteName', stated.siteName),
    attachments: stated.attachments ?? [],
    ...optional('media', media.length > 0 ? media : undefined),
    ...optional('wire', wire),
    contentHash: contentHash(ownHeadline, withoutFolders(cleaned.html)),
    parserVersion,
    warnings: [...new Set(warnings)],
    format,
    charset,
    ...(published ? { publishedAt: published.at, publishedFrom: published.from } : {}),
    // What was changed before it was published was not changed.
    ...(stated.modified && !(published && stated.modified.at < published.at)
      ? { modifiedAt: stated.modified.at }
      : {}),
  };
}

/**
 * The dek, unless readers have it before them anyway: many systems repeat the first paragraph, or its beginning, there.
 * The body keeps it, since feeds carry the body alone.
 */
function dekOf(stated: Stated, headline: string, openings: readonly string[]): string {
  const dek = oneLine(stated.dek ?? '');
  const words = fold(dek);
  if (words === '' || words === fold(headline)) return '';
  const repeated = openings.some(opening =>
    [opening, withoutDateline(opening)].some(text => {
      const start = fold(head(text, 4 * dek.length));
      return words === start || (words.length >= MIN_REPEATED && start.startsWith(words));
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
  const derived = lede.length >= MIN_LEDE ? deriveHeadline(lede, language) : undefined;
  if (derived) return { text: derived, from: 'derived' };
  return { text: headlineFromKey(key), from: 'filename' };
}

/** The section of a story, and the pages that it leads. Where the folder decides, the file cannot reach those of others. */
function placeOf(
  { section: stated = '', pinned }: Stated,
  key: string,
  { articles }: FunctionSettings,
): Pick<ParsedArticle, 'section' | 'pinned'> & { warnings: string[] } {
  const named = oneLine(stated);
  const ofFolder = oneLine(topFolderOf(key) ?? '') || articles.defaultSection;
  if (articles.sectionFrom === 'file')
    return { section: named || ofFolder, ...optional('pinned', pinned), warnings: [] };
  const warnings: string[] = [];
  if (named && sectionPath(named) !== sectionPath(ofFolder))
    warnings.push(
      `The section “${named}” was not obeyed: the folder decides that it is “${ofFolder}” (setting articles.sectionFrom).`,
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
