import type { MediaUse } from '../../../shared/model/article.ts';
import { escapeAttribute } from '../../../shared/text/escape.ts';
import { filesByAddress, renditionAttributes } from '../content/renditions.ts';

/** Tags that {@link pageBody} changes. The address of a picture is its first attribute. */
const TAG = /<(img(?: src="(\.\.\/media\/[^"]{1,120})")?|table|pre|\/table|\/?h[2-6])(?=[ >])/g;

const LAZY = '<img loading="lazy" decoding="async" referrerpolicy="no-referrer"';

/**
 * An article's body for its page. Pictures load lazily and send no referrer. Those of the site have renditions. Wide tables and code can scroll, also by
 * keyboard. Headings skip no level. Every `<` begins a tag, because ingest escapes this character in texts.
 */
export function pageBody(html: string, media: readonly MediaUse[] | undefined): string {
  const files = filesByAddress(media);
  // The headline is the heading of level 1.
  let level = 1;
  return html.replace(TAG, (_, name: string, src: string | undefined) => {
    if (name.startsWith('img')) return LAZY + sourceOf(src, files);
    switch (name) {
      case 'table':
        return '<div class="scroll" tabindex="0"><table';
      case '/table':
        // The `>` after the match becomes the end of `</div`.
        return '</table></div';
      case 'pre':
        return '<pre tabindex="0"';
      default:
        if (name.startsWith('/')) return `</h${level}`;
        level = Math.min(Number(name.slice(1)), level + 1);
        return `<h${level}`;
    }
  });
}

/** The address of a picture and its renditions, as attributes. */
function sourceOf(src: string | undefined, files: ReturnType<typeof filesByAddress>): string {
  if (src === undefined) return '';
  const file = files.get(src);
  const all = { ...(file && renditionAttributes(src, file, 'article')), src };
  return Object.entries(all)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
}
