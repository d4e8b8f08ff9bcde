import type { Attachment, Image } from '../../../shared/model/article.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { statedLanguage } from '../../../shared/text/language-tag.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { type DomNode, textOf } from '../model/dom.ts';
import type { Stated } from '../model/stated.ts';
import { fold, head, oneLine } from '../text/characters.ts';
import {
  DESCRIPTION_METAS,
  IMAGE_METAS,
  LANGUAGE_METAS,
  SECTION_METAS,
  SITE_NAME_METAS,
  TAG_METAS,
} from '../words/html/metadata.ts';
import { authorsOf } from './document-authors.ts';
import { datesOf } from './document-dates.ts';
import { gatherMarkupFacts, type MarkupFacts } from './facts.ts';
import { headLinesOf } from './head-lines.ts';
import { type LinkedData, readLinkedData } from './json-ld.ts';
import { neighbourhoodOf } from './nearness.ts';
import { headlineOf } from './titles.ts';

/** The metadata of an HTML document. Each field comes from the most trusted source that states it. */
export interface DocumentMetadata {
  stated: Stated;
  /** Base of the document's relative addresses. */
  baseUrl?: string | undefined;
  /** The text of the story in JSON-LD. It can be cut off. */
  articleBody?: string | undefined;
  /** The status of the story in JSON-LD. */
  status?: string | undefined;
  warnings: string[];
}

/** Reads the metadata of a document. Broken values give warnings and never errors. */
export function readDocument(
  root: DomNode,
  { url, settings }: { url?: string | undefined; settings: FunctionSettings },
): DocumentMetadata {
  const facts = gatherMarkupFacts(root);
  const { story, broken } = readLinkedData(facts.linkedData, [
    ...[facts.title, facts.metas.get('og:title')?.[0]].filter(title => title !== undefined),
    ...facts.headings.slice(0, 4).map(heading => textOf(heading)),
  ]);
  const warnings =
    broken > 0 ? ['Structured data (JSON-LD) in the file could not be read, and was left out.'] : [];
  const first = (names: readonly string[]) => names.map(name => facts.metas.get(name)?.[0]).find(Boolean);
  const pageUrl = webUrl(url) ?? webUrl(facts.canonical) ?? webUrl(first(['og:url'])) ?? webUrl(story?.url);
  const baseUrl = webUrl(facts.base, pageUrl) ?? pageUrl;
  const canonicalUrl = webUrl(facts.canonical, baseUrl) ?? webUrl(first(['og:url']), baseUrl) ?? webUrl(url);
  const site = siteName(facts, story);
  const siteNames = new Set([...(site ? [site] : []), ...siteNamesOf(facts, canonicalUrl)].map(fold));
  const { headline, heading } = headlineOf(facts, story, siteNames);
  const language = languageOf(facts, story);
  const neighbourhood = neighbourhoodOf(heading, facts.order);
  let lines: readonly string[] | undefined;
  const headLines = (): readonly string[] => {
    lines ??= headline ? headLinesOf(root, headline, heading) : [];
    return lines;
  };
  const { published, modified, unread } = datesOf({
    facts,
    story,
    url: canonicalUrl ?? url,
    neighbourhood,
    headLines,
    context: { timeZone: settings.articles.timeZone, language },
  });
  if (unread) warnings.push(`The date "${head(unread, 60)}" could not be understood, and was left out.`);
  const authors = authorsOf({
    facts,
    story,
    site: siteNames,
    baseUrl,
    neighbourhood,
    headLines,
    shows: name => textOf(root).includes(name),
  });
  const image = imageOf(facts, story, baseUrl, first);
  const dek = dekOf(facts, story, headline);
  const description = story?.description ?? first(DESCRIPTION_METAS);
  const section = oneLine(story?.section ?? first(SECTION_METAS) ?? '');
  return {
    baseUrl,
    articleBody: story?.body,
    status: story?.status,
    warnings,
    stated: {
      ...(headline ? { headline: { text: headline, from: 'document' } } : {}),
      ...(dek ? { dek } : {}),
      ...(authors.length > 0 ? { authors } : {}),
      ...(published ? { published } : {}),
      ...(modified ? { modified } : {}),
      ...(language ? { language } : {}),
      ...(section && section.length <= 60 ? { section } : {}),
      tags: [...(story?.tags ?? []), ...tagsOf(facts)],
      ...(description && isSentence(description) ? { summary: description } : {}),
      ...(image ? { image } : {}),
      ...(canonicalUrl ? { canonicalUrl } : {}),
      ...(site ? { siteName: site } : {}),
      attachments: attachmentsOf(facts, baseUrl),
    },
  };
}

function firstOf<T>(names: readonly string[], find: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function siteName(facts: MarkupFacts, story: LinkedData | undefined): string | undefined {
  const name =
    story?.siteName ??
    facts.metas.get('og:site_name')?.[0] ??
    SITE_NAME_METAS.map(key => facts.metas.get(key)?.[0]).find(Boolean);
  return name && name.length <= 80 && !/^https?:|^@/.test(name) ? name.replace(/^@/, '') : undefined;
}

function tagsOf(facts: MarkupFacts): string[] {
  const tags: string[] = [];
  for (const name of TAG_METAS)
    for (const content of facts.metas.get(name) ?? [])
      for (const tag of content.split(/[,;|]/)) tags.push(tag);
  return tags;
}

/** Returns further names of the site, from its metadata and its address. */
function siteNamesOf(facts: MarkupFacts, url: string | undefined): string[] {
  const names = SITE_NAME_METAS.flatMap(name => facts.metas.get(name) ?? []);
  const handle = facts.metas.get('twitter:site')?.[0]?.replace(/^@/, '');
  if (handle) names.push(handle);
  if (url) {
    const host = new URL(url).hostname.replace(/^www\d?\./, '');
    const parts = host.split('.');
    names.push(host, parts.slice(0, -1).join('.'), parts.at(-2) ?? '');
  }
  return names.filter(name => name.length > 2 && name.length <= 80);
}

function languageOf(facts: MarkupFacts, story: LinkedData | undefined): string | undefined {
  const declared = [
    facts.language,
    facts.metas.get('content-language')?.[0],
    story?.language,
    ...LANGUAGE_METAS.map(name => facts.metas.get(name)?.[0]),
  ];
  for (const tag of declared) {
    const canonical = statedLanguage(tag);
    if (canonical !== undefined) return canonical;
  }
  return undefined;
}

function imageOf(
  facts: MarkupFacts,
  story: LinkedData | undefined,
  baseUrl: string | undefined,
  first: (names: readonly string[]) => string | undefined,
): Image | undefined {
  const linked = webUrl(story?.image?.url, baseUrl);
  if (linked && story?.image) {
    const { caption, width, height } = story.image;
    return {
      url: linked,
      ...(caption ? { caption } : {}),
      ...(width ? { width } : {}),
      ...(height ? { height } : {}),
    };
  }
  const url = firstOf(IMAGE_METAS, name => webUrl(facts.metas.get(name)?.[0], baseUrl));
  if (!url) return undefined;
  const alt = first(['og:image:alt', 'twitter:image:alt']);
  const size = (name: string) => {
    const value = facts.metas.get(name)?.[0] ?? '';
    return /^\d{1,5}$/.test(value) && Number(value) > 0 ? Number(value) : undefined;
  };
  const [width, height] = [size('og:image:width'), size('og:image:height')];
  return { url, ...(alt ? { alt } : {}), ...(width ? { width } : {}), ...(height ? { height } : {}) };
}

function dekOf(
  facts: MarkupFacts,
  story: LinkedData | undefined,
  headline: string | undefined,
): string | undefined {
  const marked = facts.deks
    .map(element => textOf(element))
    .find(text => text.length >= 20 && text.length <= 400);
  const dek = story?.dek ?? (marked ? oneLine(marked) : undefined);
  return dek && fold(dek) !== fold(headline ?? '') ? dek : undefined;
}

/** True for a text of complete sentences. Many descriptions are cut off or are lists of keywords. */
function isSentence(text: string): boolean {
  return (
    text.length >= 40 &&
    text.length <= 500 &&
    /[.!?。！？؟।]["'”’»)]?$/u.test(text) &&
    !/(?:\.\.\.|…)["'”’»)]?$/u.test(text)
  );
}

const AUDIO_TYPES = new Map([
  ['mp3', 'audio/mpeg'],
  ['m4a', 'audio/mp4'],
  ['ogg', 'audio/ogg'],
  ['wav', 'audio/wav'],
]);

function attachmentsOf(facts: MarkupFacts, baseUrl: string | undefined): Attachment[] {
  const urls = facts.audio.map(element => {
    const source = element.children.find(child => child.name === 'source');
    return webUrl(element.attribs.src ?? source?.attribs?.src, baseUrl);
  });
  return [...new Set(urls)].flatMap(url => {
    const type = url
      ? AUDIO_TYPES.get(new URL(url).pathname.split('.').at(-1)?.toLowerCase() ?? '')
      : undefined;
    return url && type ? [{ url, type, length: 0 }] : [];
  });
}
