import { type Flow, flow, type Leaf, lineText, trimLine } from './flow.ts';

/**
 * The blocks of one line: a paragraph, and its leading and trailing pictures as figures of their own. Pictures
 * between words stay where they are.
 */
export function textLines(line: readonly Leaf[]): Flow[] {
  let first = 0;
  let last = line.length;
  const before: Flow[] = [];
  const after: Flow[] = [];
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
  // A line may begin or end with white space where a picture stood.
  const text = trimLine(line.slice(first, last));
  return [...before, ...(text.length > 0 ? [flow('p', { line: text })] : []), ...after];
}

function isBlank(leaf: Leaf | undefined): boolean {
  return leaf?.kind === 'break' || (leaf?.kind === 'text' && leaf.text.trim() === '');
}

function picture(leaf: Extract<Leaf, { kind: 'image' }>): Flow {
  return flow('figure', { children: [flow('img', { image: leaf.image })] });
}

/**
 * What a container comes to once its content is known: itself in the form that the standard gives it, its content
 * where it had no meaning (a table for layout, a figure without a picture), or nothing where it is empty.
 */
export function closeFlow(closed: Flow): Flow[] {
  const { name, children } = closed;
  switch (name) {
    case 'ul':
    case 'ol':
      closed.children = children.map(child =>
        child.name === 'li' ? child : flow('li', { children: [child] }),
      );
      return closed.children.length > 0 ? [closed] : [];
    case 'dl':
      closed.children = children.map(child =>
        child.name === 'dt' || child.name === 'dd' ? child : flow('dd', { children: [child] }),
      );
      return closed.children.length > 0 ? [closed] : [];
    case 'tr':
      closed.children = children.map(child => (isCell(child) ? child : flow('td', { children: [child] })));
      return closed.children.some(cell => cell.children.length > 0) ? [closed] : [];
    case 'thead':
    case 'tbody':
    case 'tfoot':
      closed.children = children.map(child =>
        child.name === 'tr' ? child : flow('tr', { children: [flow('td', { children: [child] })] }),
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

function isCell(block: Flow): boolean {
  return block.name === 'td' || block.name === 'th';
}

/**
 * A table only places things, and its cells are blocks of their own, where it has one column, or a table inside, or
 * where one of its cells is a page of text.
 */
function closeTable(table: Flow): Flow[] {
  const rows: Flow[] = [];
  const loose: Flow[] = [];
  for (const part of table.children) {
    if (part.name === 'thead' || part.name === 'tbody' || part.name === 'tfoot') rows.push(...part.children);
    else loose.push(part.name === 'caption' ? flow('p', { line: part.line }) : part);
  }
  const columns = rows.map(row => row.children.filter(cell => cell.children.length > 0).length);
  const nested = rows.some(row =>
    row.children.some(cell => cell.children.some(block => block.name === 'table')),
  );
  const stray = table.children.some(part => !['caption', 'thead', 'tbody', 'tfoot'].includes(part.name));
  if (
    rows.length > 0 &&
    columns.some(count => count > 1) &&
    !nested &&
    !stray &&
    !rows.some(row => row.children.some(isPage))
  )
    return [table];
  return [...loose, ...rows.flatMap(row => row.children.flatMap(cell => cell.children))];
}

/** A cell of a table of data holds a word, a number or a note; no three paragraphs. */
function isPage(cell: Flow): boolean {
  return cell.children.filter(block => block.name === 'p' && lineText(block.line).length > 80).length >= 3;
}

function closeFigure(figure: Flow): Flow[] {
  const pictures: Flow[] = [];
  const caption: Leaf[] = [];
  const exhibits: Flow[] = [];
  const say = (line: Leaf[]) => {
    if (caption.length > 0) caption.push({ kind: 'text', text: ' ', formats: [] });
    caption.push(...line.filter(leaf => leaf.kind !== 'image'));
  };
  for (const child of figure.children) {
    if (child.name === 'figure') {
      for (const inner of child.children) {
        if (inner.name === 'img') pictures.push(inner);
        else say(inner.line);
      }
    } else if (child.name === 'p' || child.name === 'figcaption' || /^h\d$/.test(child.name)) {
      say(child.line);
    } else {
      exhibits.push(child);
    }
  }
  if (pictures.length > 0) {
    figure.children = caption.length > 0 ? [...pictures, flow('figcaption', { line: caption })] : pictures;
    return [figure, ...exhibits];
  }
  const words = figure.children.filter(child => child.name === 'p' || /^h\d$/.test(child.name));
  // The caption of a film or an interactive that could not be kept is about nothing any more.
  if (exhibits.length === 0) return words;
  return figure.children.map(child =>
    child.name === 'figcaption' ? flow('p', { line: child.line }) : child,
  );
}
