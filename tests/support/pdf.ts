/** A piece of text on a page: its place in points from the lower left corner, and its words in Latin-1. */
export interface PdfWords {
  x: number;
  y: number;
  text: string;
  size?: number;
  isBold?: boolean;
  /** Counter-clockwise, in degrees. */
  turn?: number;
}

/** An object of a PDF: a dictionary, and the data of its stream. */
export interface PdfPart {
  dictionary: string;
  data?: Buffer;
}

const HEAD = Buffer.from('%PDF-1.7\n', 'latin1');

/** Writes objects as a PDF. The first one is the catalogue, and gets the number 1. */
export function makePdfOf(parts: readonly PdfPart[], trailer = ''): Buffer {
  const pieces: Buffer[] = [HEAD];
  const offsets: number[] = [];
  let size = HEAD.length;
  const add = (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
  };
  for (const [index, { dictionary, data }] of parts.entries()) {
    offsets.push(size);
    const length = data ? `/Length ${data.length} ` : '';
    add(Buffer.from(`${index + 1} 0 obj\n<< ${length}${dictionary} >>\n`, 'latin1'));
    if (data) add(Buffer.concat([Buffer.from('stream\n'), data, Buffer.from('\nendstream\n')]));
    add(Buffer.from('endobj\n'));
  }
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = parts.length + 1;
  const end = `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\nstartxref\n${size}\n%%EOF\n`;
  return Buffer.concat([...pieces, Buffer.from(end, 'latin1')]);
}

/** Writes a PDF of pages of 600 by 800 points, set in Helvetica. */
export function makePdf(pages: readonly (readonly PdfWords[])[]): Buffer {
  const contents = pages.map(words => words.map(setting).join('\n'));
  return makePdfOf(partsOf(contents.map(text => ({ dictionary: '', data: Buffer.from(text, 'latin1') }))));
}

/** The objects of a PDF with these contents of pages. More objects can follow. */
export function partsOf(contents: readonly PdfPart[], resources = ''): PdfPart[] {
  const numberOf = (page: number) => 5 + 2 * page;
  return [
    { dictionary: '/Type /Catalog /Pages 2 0 R' },
    {
      dictionary: `/Type /Pages /Count ${contents.length} /Kids [${contents.map((_, page) => `${numberOf(page)} 0 R`).join(' ')}]`,
    },
    { dictionary: '/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding' },
    { dictionary: '/Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding' },
    ...contents.flatMap((content, page) => [
      {
        dictionary: `/Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${numberOf(page) + 1} 0 R /Resources << /Font << /F 3 0 R /B 4 0 R >> ${resources} >>`,
      },
      content,
    ]),
  ];
}

function setting({ x, y, text, size = 10, isBold = false, turn = 0 }: PdfWords): string {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin, less] = [Math.cos(angle), Math.sin(angle), -Math.sin(angle)].map(each => each.toFixed(4));
  const words = text.replace(/[\\()]/g, '\\$&');
  return `BT /${isBold ? 'B' : 'F'} ${size} Tf ${cos} ${sin} ${less} ${cos} ${x} ${y} Tm (${words}) Tj ET`;
}

/** Lines of a column, from the top. */
export function column(x: number, y: number, lines: readonly string[], leading = 12): PdfWords[] {
  return lines.map((text, at) => ({ x, y: y - at * leading, text }));
}
