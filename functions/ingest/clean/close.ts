import { type CleanBlock, type InlinePiece, lineText, makeBlock, trimLine } from './blocks.ts';

/**
 * Turns one line into blocks. The text becomes a paragraph, and each picture at the start or end of the line
 * becomes a separate figure. Pictures between words stay in the paragraph.
 */
export function textLines(line: readonly InlinePiece[]): CleanBlock[] {
  let first = 0;
  let last = line.length;
  const before: CleanBlock[] = [];
  const after: CleanBlock[] = [];
  for (; first < last; first += 1) {
    const leaf = line[first];
    if (leaf?.kind === 'image') before.push(picture(leaf));
    else if (!isBlank(leaf)) break;
  }
  for (; last > first; last -= 1) {
    const leaf = line[last - 1];
    if (leaf?.kind === 'image') after.unshift(picture(leaf));
    else if (!isBlank(leaf)) break;
  }
  // White space remains at an end of the line from which a picture was removed.
  const text = trimLine(line.slice(first, last));
  return [...before, ...(text.length > 0 ? [makeBlock('p', { line: text })] : []), ...after];
}

function isBlank(leaf: InlinePiece | undefined): boolean {
  return leaf?.kind === 'break' || (leaf?.kind === 'text' && leaf.text.trim() === '');
}

function picture(leaf: Extract<InlinePiece, { kind: 'image' }>): CleanBlock {
  return makeBlock('figure', { children: [makeBlock('img', { image: leaf.image })] });
}

/**
 * Finishes a container after its content is known. Returns one of three results:
 * - the container with the children that the HTML standard allows
 * - only its content, for a layout table or a figure without a picture
 * - nothing, for an empty container
 */
export function closeBlock(closed: CleanBlock): CleanBlock[] {
  const { name, children } = closed;
  switch (name) {
    case 'ul':
    case 'ol':
      closed.children = children.map(child =>
        child.name === 'li' ? child : makeBlock('li', { children: [child] }),
      );
      return closed.children.length > 0 ? [closed] : [];
    case 'dl':
      closed.children = children.map(child =>
        child.name === 'dt' || child.name === 'dd' ? child : makeBlock('dd', { children: [child] }),
      );
      return closed.children.length > 0 ? [closed] : [];
    case 'tr':
      closed.children = children.map(child =>
        isCell(child) ? child : makeBlock('td', { children: [child] }),
      );
      return closed.children.some(cell => cell.children.length > 0) ? [closed] : [];
    case 'thead':
    case 'tbody':
    case 'tfoot':
      closed.children = children.map(child =>
        child.name === 'tr' ? child : makeBlock('tr', { children: [makeBlock('td', { children: [child] })] }),
      );
      return closed.children.length > 0 ? [closed] : [];
    case 'table':
      return closeTable(closed);
    case 'figure':
      return closeFigure(closed);
    case 'td':
    case 'th':
      return [closed];
    default:
      return children.length > 0 || closed.line.length > 0 ? [closed] : [];
  }
}

function isCell(block: CleanBlock): boolean {
  return block.name === 'td' || block.name === 'th';
}

/**
 * Keeps a data table and unwraps a layout table. A layout table has a single column, another table inside,
 * a cell with a page of text, or content outside its rows.
 */
function closeTable(table: CleanBlock): CleanBlock[] {
  const rows: CleanBlock[] = [];
  const outsideRows: CleanBlock[] = [];
  for (const part of table.children) {
    if (part.name === 'thead' || part.name === 'tbody' || part.name === 'tfoot') rows.push(...part.children);
    else outsideRows.push(part.name === 'caption' ? makeBlock('p', { line: part.line }) : part);
  }
  const cellCounts = rows.map(row => row.children.filter(cell => cell.children.length > 0).length);
  const hasTables = rows.some(row =>
    row.children.some(cell => cell.children.some(block => block.name === 'table')),
  );
  const hasStrayParts = table.children.some(
    part => !['caption', 'thead', 'tbody', 'tfoot'].includes(part.name),
  );
  if (
    rows.length > 0 &&
    cellCounts.some(count => count > 1) &&
    !hasTables &&
    !hasStrayParts &&
    !rows.some(row => row.children.some(isPageOfText))
  )
    return [table];
  return [...outsideRows, ...rows.flatMap(row => row.children.flatMap(cell => cell.children))];
}

/** True for a cell with three or more paragraphs. A cell of a data table holds a word, a number or a note. */
function isPageOfText(cell: CleanBlock): boolean {
  return cell.children.filter(block => block.name === 'p' && lineText(block.line).length > 80).length >= 3;
}

function closeFigure(figure: CleanBlock): CleanBlock[] {
  const pictures: CleanBlock[] = [];
  const caption: InlinePiece[] = [];
  const otherBlocks: CleanBlock[] = [];
  const addToCaption = (line: InlinePiece[]) => {
    if (caption.length > 0) caption.push({ kind: 'text', text: ' ', formats: [] });
    caption.push(...line.filter(leaf => leaf.kind !== 'image'));
  };
  for (const child of figure.children) {
    if (child.name === 'figure') {
      for (const inner of child.children) {
        if (inner.name === 'img') pictures.push(inner);
        else addToCaption(inner.line);
      }
    } else if (child.isEmbed) {
      otherBlocks.push(child);
    } else if (child.name === 'p' || child.name === 'figcaption' || /^h\d$/.test(child.name)) {
      addToCaption(child.line);
    } else {
      otherBlocks.push(child);
    }
  }
  if (pictures.length > 0) {
    figure.children =
      caption.length > 0 ? [...pictures, makeBlock('figcaption', { line: caption })] : pictures;
    return [figure, ...otherBlocks];
  }
  const embed = otherBlocks.find(({ isEmbed }) => isEmbed);
  if (embed && otherBlocks.length === 1) return [withCaption(embed, lineText(caption).trim())];
  const words = figure.children.filter(child => child.name === 'p' || /^h\d$/.test(child.name));
  // A caption is removed together with its interactive element.
  if (otherBlocks.length === 0) return words;
  return figure.children.map(child =>
    child.name === 'figcaption' ? makeBlock('p', { line: child.line }) : child,
  );
}

/** The link to an embed, with its caption as the words, because people read the caption on the page. */
function withCaption(embed: CleanBlock, caption: string): CleanBlock {
  const [link] = embed.line;
  if (caption === '' || link?.kind !== 'text') return embed;
  return { ...embed, line: [{ ...link, text: caption }] };
}
