import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import { type CleanBlock, commonFormats, type Format, type InlinePiece, lineText } from './blocks.ts';
import type { CleanImage } from './images.ts';

/** Containers in which a single paragraph is written without `p` tags. */
const COMPACT_CONTAINERS = new Set(['li', 'td', 'th', 'dd']);

type WriteStep = { open: CleanBlock; compact: boolean } | { text: string };

/** Writes blocks as HTML without white space between them. */
export function writeHtml(blocks: readonly CleanBlock[]): string {
  const parts: string[] = [];
  const stack: WriteStep[] = [];
  const push = (children: readonly CleanBlock[], compact: boolean) => {
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child) stack.push({ open: child, compact });
    }
  };
  push(blocks, false);
  for (let step = stack.pop(); step; step = stack.pop()) {
    if ('text' in step) {
      parts.push(step.text);
      continue;
    }
    const { open: block, compact } = step;
    if (block.image) {
      parts.push(imageTag(block.image));
    } else if (block.name === 'hr') {
      parts.push('<hr>');
    } else if (block.name === 'p' && compact) {
      parts.push(writeLine(block.line));
    } else {
      parts.push(`<${block.name}${attributes(block.attributes)}>`, writeLine(block.line));
      stack.push({ text: `</${block.name}>` });
      const single = block.children.filter(child => child.name === 'p').length === 1;
      push(block.children, COMPACT_CONTAINERS.has(block.name) && single);
    }
  }
  return parts.join('');
}

/** Writes blocks as plain text, one line per block and per table row. Captions and links to embeds are left out. */
export function writeText(blocks: readonly CleanBlock[]): string {
  const lines: string[] = [];
  const stack = [...blocks].reverse();
  for (let block = stack.pop(); block; block = stack.pop()) {
    if (block.name === 'figcaption' || block.image || block.isEmbed) continue;
    if (block.name === 'tr') {
      const cells = block.children.map(cell => writeText(cell.children).replaceAll('\n', ' '));
      lines.push(cells.filter(Boolean).join(' '));
      continue;
    }
    const text = block.name === 'pre' ? preText(block.line) : lineText(block.line);
    if (text) lines.push(text);
    for (let index = block.children.length - 1; index >= 0; index -= 1) {
      const child = block.children[index];
      if (child) stack.push(child);
    }
  }
  return lines.join('\n');
}

function preText(line: readonly InlinePiece[]): string {
  return line.map(leaf => (leaf.kind === 'text' ? leaf.text : '')).join('');
}

function writeLine(line: readonly InlinePiece[]): string {
  const [only] = line;
  if (line.length === 1 && only?.kind === 'text' && only.formats.length === 0) return escapeText(only.text);
  let html = '';
  let open: readonly Format[] = [];
  const switchFormats = (to: readonly Format[]) => {
    const kept = commonFormats(open, to).length;
    for (let index = open.length - 1; index >= kept; index -= 1) html += `</${open[index]?.name}>`;
    for (const format of to.slice(kept)) html += `<${format.name}${attributes(format.attributes)}>`;
    open = to;
  };
  for (const leaf of line) {
    switchFormats(leaf.formats);
    if (leaf.kind === 'text') html += escapeText(leaf.text);
    else html += leaf.kind === 'break' ? '<br>' : imageTag(leaf.image);
  }
  switchFormats([]);
  return html;
}

function imageTag({ src, alt, width, height }: CleanImage): string {
  const size: [string, string][] = [];
  if (width !== undefined) size.push(['width', String(width)]);
  if (height !== undefined) size.push(['height', String(height)]);
  return `<img${attributes([['src', src], ['alt', alt], ...size])}>`;
}

function attributes(list: readonly (readonly [string, string])[]): string {
  return list.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
}
