import { parseHtml } from '../../html/tree.ts';
import { type DomNode, type Element, elementsOf } from '../../model/dom.ts';
import type { SourceDocument, SourceText } from '../../model/format-reader.ts';
import { removeNodes } from '../text/copy-dom.ts';
import { readOfficeTree } from './office-story.ts';

/** Classes of paragraphs by their part in a document, as Google Docs, Word and LibreOffice write them. */
const TITLE = /^(?:title|MsoTitle)$/i;
const SUBTITLE = /^(?:subtitle|MsoSubtitle)$/i;
const CAPTION = /^(?:caption|MsoCaption|illustration)$/i;

/** Addresses by which Google Docs leads to other sites. The address of the site is the parameter `q`. */
const REDIRECT = /^https?:\/\/www\.google\.com\/url\?/i;

/** Maximum length of a style sheet that is read, in characters. Google Docs writes some 20,000. */
const MAX_STYLE_CHARS = 500_000;

/**
 * Reads a document that a word processor exported as HTML. All of it is the story, and its title, its subtitle and its
 * captions are known by their classes. Comments of editors are left out.
 */
export function readDocumentHtml(source: SourceText): SourceDocument {
  const { root } = parseHtml(source.text, source.deadline);
  const warnings = leaveOutComments(root) ? ['The comments in the document were left out.'] : [];
  const emphasis = emphasisOf(root);
  for (const element of elementsOf(root)) {
    const { name, attribs } = element;
    const classes = (attribs.class ?? '').split(/\s+/);
    if (/^(?:p|div|h[1-6])$/.test(name)) {
      delete attribs.class;
      if (classes.some(each => TITLE.test(each)))
        Object.assign(element, { name: 'h1', attribs: { class: 'headline' } });
      else if (classes.some(each => SUBTITLE.test(each)))
        Object.assign(element, { name: 'p', attribs: { class: 'dek' } });
      else if (name === 'p' && classes.some(each => CAPTION.test(each))) attribs.class = 'caption';
    } else if (name === 'a' && REDIRECT.test(attribs.href ?? '')) attribs.href = targetOf(attribs.href ?? '');
    else if (name === 'span' && classes.some(each => emphasis.strong.has(each))) element.name = 'strong';
    else if (name === 'span' && classes.some(each => emphasis.em.has(each))) element.name = 'em';
  }
  const story = { format: 'html', shown: '', margins: [], properties: {}, warnings } as const;
  return readOfficeTree(root, { ...story, warnings }, source);
}

/** Removes comments of editors, their references, and words that were deleted or hidden. Returns whether there were any. */
function leaveOutComments(root: DomNode): boolean {
  const gone: DomNode[] = [];
  for (const element of elementsOf(root)) {
    const { id = '', href = '', class: name = '', style = '' } = element.attribs;
    const isComment = /^cmnt\d/.test(id) || /^#cmnt_ref\d/.test(href);
    if (isComment) gone.push(blockOf(element));
    else if (/^#cmnt\d/.test(href) || /^cmnt_ref\d/.test(id)) gone.push(element);
    else if (
      /\b(?:MsoComment(?:Reference|Text|Subject)|msocom(?:txt|anchor|off)|msoDel)\b/i.test(name) ||
      /mso-element:\s{0,5}comment|mso-hide:\s{0,5}all/i.test(style)
    )
      gone.push(element);
    else if (element.name === 'del') gone.push(element);
  }
  removeNodes([...new Set(gone)]);
  return gone.length > 0;
}

/** The block that holds nothing but one comment. Google Docs puts each comment into a box of its own. */
function blockOf(element: Element): DomNode {
  const paragraph = element.parent?.name === 'p' ? element.parent : element;
  const box = paragraph.parent;
  return box?.name === 'div' ? box : paragraph;
}

/** Classes of a style sheet that make words bold or italic. */
function emphasisOf(root: DomNode): { strong: Set<string>; em: Set<string> } {
  const strong = new Set<string>();
  const em = new Set<string>();
  for (const element of elementsOf(root)) {
    if (element.name !== 'style') continue;
    const css = element.children
      .map(({ data = '' }) => data)
      .join('')
      .slice(0, MAX_STYLE_CHARS);
    for (const [, name = '', rules = ''] of css.matchAll(
      /(?<=^|[\s},])(?:span)?\.([\w-]{1,60})\s{0,5}\{([^{}]{0,2000})\}/g,
    )) {
      if (/font-weight:\s?(?:bold|[6-9]00)/.test(rules)) strong.add(name);
      if (/font-style:\s?italic/.test(rules)) em.add(name);
    }
  }
  return { strong, em };
}

function targetOf(redirect: string): string {
  return URL.canParse(redirect) ? (new URL(redirect).searchParams.get('q') ?? redirect) : redirect;
}
