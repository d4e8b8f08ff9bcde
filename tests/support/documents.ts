import { makeZip } from './zip.ts';

/** Word documents and mails that hold pictures, recordings and documents. */

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';

/** A paragraph of a document: words, words in a style, or a picture. */
export type Paragraph = string | { style: string; text: string } | { picture: Uint8Array; alt?: string };

/** A Word document. Its first paragraph has the style of titles. */
export function wordDocument(title: string, ...paragraphs: Paragraph[]): Buffer {
  const pictures = paragraphs.flatMap(each =>
    typeof each === 'object' && 'picture' in each ? [each.picture] : [],
  );
  let shown = 0;
  const body = [{ style: 'Title', text: title }, ...paragraphs].map(each => {
    if (typeof each === 'string') return `<w:p><w:r><w:t>${each}</w:t></w:r></w:p>`;
    if ('text' in each)
      return `<w:p><w:pPr><w:pStyle w:val="${each.style}"/></w:pPr><w:r><w:t>${each.text}</w:t></w:r></w:p>`;
    const id = ++shown;
    return `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="${id}" name="Picture ${id}" descr="${each.alt ?? ''}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="p${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  });
  const style = (id: string, name: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (...all: string[]) =>
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
  return makeZip([
    {
      name: '[Content_Types].xml',
      content:
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
    { name: '_rels/.rels', content: relations(relation('r1', 'officeDocument', 'word/document.xml')) },
    {
      name: 'word/document.xml',
      content: `<?xml version="1.0"?><w:document ${SPACES}><w:body>${body.join('')}</w:body></w:document>`,
    },
    {
      name: 'word/styles.xml',
      content: `<?xml version="1.0"?><w:styles ${SPACES}>${style('Title', 'Title')}${style('Caption', 'caption')}</w:styles>`,
    },
    {
      name: 'word/_rels/document.xml.rels',
      content: relations(
        relation('s1', 'styles', 'styles.xml'),
        ...pictures.map((_, at) => relation(`p${at + 1}`, 'image', `media/image${at + 1}.png`)),
      ),
    },
    ...pictures.map((content, at) => ({
      name: `word/media/image${at + 1}.png`,
      content: Buffer.from(content),
    })),
  ]);
}

export interface MailPart {
  name?: string;
  type: string;
  /** `Content-ID`, without angle brackets. Such a part is shown in the text. */
  id?: string;
  content: Uint8Array | string;
}

/** A mail with a text, perhaps in HTML too, and with other parts. */
export function mailWith(
  { subject, text, html }: { subject: string; text: string; html?: string },
  ...parts: MailPart[]
): string {
  const own = html
    ? `Content-Type: multipart/alternative; boundary="text"\r\n\r\n--text\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n--text\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--text--`
    : `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
  const others = parts.map(({ name, type, id, content }) =>
    [
      `Content-Type: ${type}${name === undefined ? '' : `; name="${name}"`}`,
      'Content-Transfer-Encoding: base64',
      ...(id === undefined
        ? [`Content-Disposition: attachment; filename="${name}"`]
        : [`Content-ID: <${id}>`]),
      '',
      Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
  const head = [
    'From: Ada Quill <ada@example.org>',
    'To: desk@example.org',
    `Subject: ${subject}`,
    'Date: Mon, 01 Jun 2026 09:12:00 +0200',
    'Message-ID: <1@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="mixed"',
  ];
  return `${head.join('\r\n')}\r\n\r\n${[own, ...others].map(part => `--mixed\r\n${part}\r\n`).join('')}--mixed--\r\n`;
}
