import { Rejection } from '../../../../shared/errors/rejection.ts';
import { allOf, at, attributeOf, childrenOf, localName, parseXml, rawText, wordsOf } from '../../html/xml.ts';
import { embeddedName } from '../../media/embeddable.ts';
import type { Deadline } from '../../model/deadline.ts';
import { type DomNode, type Element, isElement } from '../../model/dom.ts';
import type { FormatReader, SourceText } from '../../model/format-reader.ts';
import { EmbeddedPictures } from './embedded-pictures.ts';
import { readMarkupParts } from './markup-parts.ts';
import { OdtStyles } from './odt-styles.ts';
import { type DocumentProperties, readOfficeStory } from './office-story.ts';
import { type ListPosition, type RunStyle, StoryWriter, withoutParagraph } from './story-writer.ts';
import { headingOf, isHeadingRole } from './style-role.ts';

/** Parts that are read. All others are pictures, settings and previews. */
const PARTS = new Set(['content.xml', 'styles.xml', 'meta.xml', 'META-INF/manifest.xml']);

const KIND = 'OpenDocument text';

/** Maximum number of spaces that one element stands for. */
const MAX_SPACES = 200;

/** Elements that hold no words of the story. Tables of contents repeat its headings. */
const DROPPED = new Set(
  `tracked-changes annotation annotation-end sequence-decls variable-decls user-field-decls dde-connection-decls forms
   scripts event-listeners ruby-text note-citation table-of-content alphabetical-index illustration-index table-index
   object-index user-index covered-table-cell shapes object object-ole plugin applet binary-data image-map glue-point
   table-column table-source desc`.split(/\s+/),
);

/** Drawn shapes (section 10.3), which can hold paragraphs. */
const SHAPES = new Set(
  'frame g custom-shape rect line polyline polygon regular-polygon path circle ellipse connector caption measure'.split(
    ' ',
  ),
);

/**
 * Reads OpenDocument texts (OASIS OpenDocument 1.3) of LibreOffice, Word and Google Docs, also as a single XML file.
 * Pictures become media of the article.
 */
export const odtReader: FormatReader = {
  name: 'odt',
  async read(source) {
    const { input, text, deadline } = source;
    const parts = text === '' ? await readParts(input.bytes) : flatParts(text);
    deadline.check();
    const { content, styles, meta } = parts;
    const body = at(content, 'body', 'text');
    if (!body) throw new Rejection('not-text', `The file is an OpenDocument file without a text. ${ADVICE}`);
    const used = new OdtStyles([
      at(content, 'automatic-styles'),
      at(styles, 'styles'),
      at(content, 'styles'),
    ]);
    const pictures = new EmbeddedPictures(source);
    const story = new OdtStory(used, await addressesOf(body, pictures, source), deadline);
    const { html, shown } = story.read(body);
    const margins = allOf(at(styles, 'master-styles'), ...MARGINS)
      .flatMap(margin => allOf(margin, 'p', 'h'))
      .map(wordsOf)
      .filter(line => line !== undefined);
    const warnings = [...story.warnings(), ...pictures.warnings(KIND)];
    return readOfficeStory(
      {
        format: 'odt',
        html,
        shown,
        margins,
        comments: story.comments,
        properties: propertiesOf(at(meta, 'meta')),
        warnings,
      },
      source,
    );
  },
};

const ADVICE = 'Copy the story into a text document, and upload that.';

const MARGINS = ['header', 'footer', 'header-left', 'footer-left', 'header-first', 'footer-first'];

interface Parts {
  content: Element;
  styles: Element | undefined;
  meta: Element | undefined;
}

async function readParts(bytes: Uint8Array): Promise<Parts> {
  const parts = await readMarkupParts(bytes, KIND, name => PARTS.has(name));
  const xmlOf = (name: string) => new TextDecoder().decode(parts.get(name));
  if (xmlOf('META-INF/manifest.xml').includes('encryption-data'))
    throw new Rejection('unreadable', `The ${KIND} is encrypted. Save it without a password.`);
  const rootOf = (name: string) => (parts.has(name) ? parseXml(xmlOf(name)) : undefined);
  const content = rootOf('content.xml');
  if (!content) throw new Rejection('unreadable', `The ${KIND} is damaged: it has no content.xml.`);
  return { content, styles: rootOf('styles.xml'), meta: rootOf('meta.xml') };
}

/** A document that is one XML file holds all parts in its root. */
function flatParts(xml: string): Parts {
  const root = parseXml(xml);
  return { content: root, styles: root, meta: root };
}

function propertiesOf(meta: Element | undefined): DocumentProperties {
  const value = (name: string) => wordsOf(at(meta, name));
  const keywords = childrenOf(meta, 'keyword').map(wordsOf);
  const status = childrenOf(meta, 'user-defined').find(each =>
    /^status$/i.test(attributeOf(each, 'name') ?? ''),
  );
  return {
    title: value('title'),
    // The creator is who saved the file last.
    creator: value('initial-creator') ?? value('creator'),
    keywords: keywords.filter(Boolean).join(','),
    status: wordsOf(status),
    created: value('creation-date'),
    modified: value('date'),
  };
}

/** The list around a paragraph. */
interface OpenList {
  level: number;
  style: string | undefined;
  isOrdered: boolean;
  isFirst: boolean;
  isContinued: boolean;
}

class OdtStory {
  readonly #styles: OdtStyles;
  readonly #addresses: ReadonlyMap<Element, string>;
  readonly #deadline: Deadline;
  readonly #writer = new StoryWriter();
  #hasOtherPictures = false;
  #objects = 0;
  readonly comments: string[] = [];

  constructor(styles: OdtStyles, addresses: ReadonlyMap<Element, string>, deadline: Deadline) {
    this.#styles = styles;
    this.#addresses = addresses;
    this.#deadline = deadline;
  }

  read(body: Element): { html: string; shown: string } {
    this.#blocks(body, this.#writer);
    return this.#writer.document();
  }

  /** Names what the document has and an article does not show. */
  warnings(): string[] {
    return [
      this.#hasOtherPictures
        ? `Pictures that are not in the ${KIND}, or that browsers do not show, were left out.`
        : '',
      this.#objects > 0 ? `The charts, formulas and other objects of the ${KIND} were left out.` : '',
      this.comments.length > 0 ? `The comments in the ${KIND} were left out.` : '',
    ].filter(Boolean);
  }

  #blocks(parent: DomNode, writer: StoryWriter, list?: OpenList): void {
    for (const child of parent.children ?? []) {
      this.#deadline.tick();
      if (!isElement(child) || this.#isDropped(child)) continue;
      const name = localName(child);
      if (name === 'p' || name === 'h') this.#paragraph(child, writer, list);
      else if (name === 'list') this.#list(child, writer, list);
      else if (name === 'table') this.#table(child, writer);
      else if (SHAPES.has(name)) {
        this.#shape(child, writer);
        writer.endParagraph();
      } else this.#blocks(child, writer, list);
    }
  }

  #isDropped(element: Element): boolean {
    const name = localName(element);
    if (name === 'annotation') this.comments.push(...allOf(element, 'p').map(line => wordsOf(line) ?? ''));
    if (/^object(?:-ole)?$/.test(name)) this.#objects += 1;
    if (DROPPED.has(name) || element.name === 'svg:title') return true;
    if (name === 'section') {
      if (attributeOf(element, 'display') === 'none') return true;
      return this.#styles.styleOf('section', attributeOf(element, 'style-name')).isHidden ?? false;
    }
    return /^hidden-(?:text|paragraph)$/.test(name) && attributeOf(element, 'is-hidden') === 'true';
  }

  #paragraph(element: Element, writer: StoryWriter, list: OpenList | undefined): void {
    const {
      role: styled,
      isHidden,
      ...runs
    } = this.#styles.styleOf('paragraph', attributeOf(element, 'style-name'));
    if (isHidden) return;
    if (childrenOf(element, 'hidden-paragraph').some(each => this.#isDropped(each))) return;
    const outline =
      localName(element) === 'h' ? headingOf(Number(attributeOf(element, 'outline-level') ?? 1)) : undefined;
    const role = styled === 'headline' || styled === 'dek' ? styled : (outline ?? styled);
    // Headings are bold by their style.
    this.#inline(element, writer, isHeadingRole(role) ? {} : runs);
    const position: ListPosition | undefined = list && {
      level: list.level,
      isOrdered: list.isOrdered,
      isFirst: list.isFirst,
      isContinued: list.isContinued,
    };
    writer.endParagraph(role, position);
    if (list) list.isContinued = true;
  }

  #list(element: Element, writer: StoryWriter, around: OpenList | undefined): void {
    const level = around ? around.level + 1 : 0;
    const style = attributeOf(element, 'style-name') ?? around?.style;
    const isOrdered = this.#styles.isOrdered(style, level);
    let isFirst =
      attributeOf(element, 'continue-numbering') !== 'true' && !attributeOf(element, 'continue-list');
    for (const item of childrenOf(element, 'list-item', 'list-header')) {
      const list = { level, style, isOrdered, isFirst, isContinued: false };
      this.#blocks(item, writer, list);
      isFirst = false;
    }
  }

  #table(element: Element, writer: StoryWriter): void {
    const rows = (parent: Element, isHead: boolean): void => {
      for (const child of parent.children.filter(isElement)) {
        const name = localName(child);
        if (name !== 'table-row') {
          if (/^table-(?:header-rows|rows|row-group)$/.test(name)) rows(child, name === 'table-header-rows');
          continue;
        }
        for (const cell of childrenOf(child, 'table-cell')) {
          const inner = writer.inner();
          this.#blocks(cell, inner);
          const html = inner.content();
          const spans = {
            colspan: spanOf(attributeOf(cell, 'number-columns-spanned')),
            rowspan: spanOf(attributeOf(cell, 'number-rows-spanned')),
          };
          writer.cell(withoutParagraph(html), isHead ? 'th' : 'td', spans);
        }
        writer.endRow();
      }
    };
    rows(element, false);
    writer.endTable();
  }

  #inline(parent: Element, writer: StoryWriter, style: RunStyle): void {
    for (const child of parent.children) {
      this.#deadline.tick();
      if (child.type === 'text') writer.text((child.data ?? '').replace(/[\t\n\r ]+/g, ' '), style);
      else if (child.type === 'cdata') writer.text(rawText(child), style);
      else if (isElement(child) && !this.#isDropped(child)) this.#element(child, writer, style);
    }
  }

  #element(element: Element, writer: StoryWriter, style: RunStyle): void {
    const name = localName(element);
    switch (name) {
      case 's': {
        const count = Number(attributeOf(element, 'c') ?? 1);
        writer.text(' '.repeat(count >= 1 ? Math.min(count, MAX_SPACES) : 1), style);
        return;
      }
      case 'tab':
        writer.text('\t', style);
        return;
      case 'line-break':
        writer.lineBreak();
        return;
      case 'note': {
        const inner = writer.inner();
        this.#blocks(element, inner);
        writer.note(inner.content());
        return;
      }
      case 'span': {
        const {
          isHidden,
          role: _,
          ...own
        } = this.#styles.styleOf('text', attributeOf(element, 'style-name'));
        if (!isHidden) this.#inline(element, writer, { ...style, ...own });
        return;
      }
      case 'a': {
        // A link can also be around a picture.
        this.#inline(element, writer, { ...style, href: attributeOf(element, 'href') ?? style.href });
        return;
      }
      case 'p':
      case 'h':
      case 'list':
      case 'table': {
        const inner = writer.inner();
        this.#blocks({ type: 'root', parent: null, children: [element] }, inner);
        writer.box(inner.content());
        return;
      }
      default:
        if (SHAPES.has(name)) this.#shape(element, writer);
        else this.#inline(element, writer, style);
    }
  }

  /** A picture, or the text in a drawn shape. */
  #shape(element: Element, writer: StoryWriter): void {
    // A frame holds the same content in several forms. The picture of a chart is one of them.
    const isObject = childrenOf(element, 'object', 'object-ole').length > 0;
    const forms = isObject ? [] : childrenOf(element, 'image').map(image => this.#addresses.get(image));
    if (forms.length > 0) {
      const alt = wordsOf(at(element, 'desc')) ?? wordsOf(at(element, 'title')) ?? '';
      const address = forms.find(Boolean);
      if (address) writer.picture(address, alt);
      else if (forms.includes(undefined)) this.#hasOtherPictures = true;
    }
    const inner = writer.inner();
    this.#blocks(element, inner);
    writer.box(inner.content());
  }
}

/** Makes media of the pictures of a text. Pictures on the web, and previews of charts, are left out. */
async function addressesOf(
  body: Element,
  pictures: EmbeddedPictures,
  { local, text }: Pick<SourceText, 'local' | 'text'>,
): Promise<Map<Element, string>> {
  const addresses = new Map<Element, string>();
  for (const image of allOf(body, 'image')) {
    const name = (attributeOf(image, 'href') ?? '').replace(/^\.\//, '');
    // A document that is one XML file holds its pictures in base64.
    const data = Buffer.from(wordsOf(at(image, 'binary-data')) ?? '', 'base64');
    const flat = data.length > 0 ? embeddedName('picture', data) : undefined;
    if (flat) addresses.set(image, local.embed(flat, data));
    else if (text === '' && /^(?:Pictures|media)\//.test(name))
      addresses.set(image, await pictures.embed(name));
  }
  return addresses;
}

/** A number of columns or rows, if there is more than one. */
function spanOf(value: string | undefined): string | undefined {
  return value !== undefined && /^(?:[2-9]|[1-9]\d{1,2})$/.test(value) ? value : undefined;
}
