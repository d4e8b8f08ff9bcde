import { escapeText } from '../../../../shared/text/escape.ts';
import type { Block } from './blocks.ts';
import { autolink } from './links.ts';

/** Writes blocks as HTML. All text from the copy is escaped; this file writes every tag. */
export function blocksToHtml(blocks: readonly Block[]): string {
  const parts: string[] = [];
  let open: 'ul' | 'ol' | 'blockquote' | undefined;
  let number = 0;
  for (const block of blocks) {
    const container = containerOf(block);
    const restarts = container === 'ol' && (block.mark?.number ?? 0) !== number + 1;
    number = block.mark?.number ?? 0;
    if (open && (open !== container || restarts)) {
      parts.push(`</${open}>`);
      open = undefined;
    }
    if (container && !open) {
      parts.push(container === 'ol' ? `<ol${startOf(block)}>` : `<${container}>`);
      open = container;
    }
    parts.push(elementOf(block));
  }
  if (open) parts.push(`</${open}>`);
  return parts.join('\n');
}

function containerOf(block: Block): 'ul' | 'ol' | 'blockquote' | undefined {
  if (block.kind === 'quote') return 'blockquote';
  if (block.kind !== 'item') return undefined;
  return block.mark?.kind === 'number' ? 'ol' : 'ul';
}

function startOf(block: Block): string {
  const start = block.mark?.number ?? 1;
  return start === 1 ? '' : ` start="${start}"`;
}

function elementOf({ kind, text }: Block): string {
  if (kind === 'separator') return '<hr>';
  if (kind === 'heading') return `<h2>${escapeText(text)}</h2>`;
  if (kind === 'lines') return `<p>${text.split('\n').map(autolink).join('<br>\n')}</p>`;
  return kind === 'item' ? `<li>${autolink(text)}</li>` : `<p>${autolink(text)}</p>`;
}
