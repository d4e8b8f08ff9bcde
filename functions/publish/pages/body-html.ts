import type { MediaUse } from '../../../shared/model/article.ts';
import { escapeAttribute } from '../../../shared/text/escape.ts';
import { filesByAddress, renditionsOf } from '../content/renditions.ts';
import { withFirmSpaces } from '../content/text.ts';

/** Tags that {@link pageBody} changes. The address of a picture is its first attribute. */
const TAG = /<(img(?: src="(\.\.\/media\/[^"]{1,120})")?([^<>]*)>|(?:table|pre|\/table|\/?h[2-6])(?=[ >]))/g;

const LAZY = '<img loading="lazy" decoding="async" referrerpolicy="no-referrer"';

/**
 * The last paragraph of a quotation, if it is short, begins with a dash and does not end as a sentence does. It names the
 * speaker. Lines of a dialogue also begin with a dash.
 */
const ATTRIBUTION =
  /(<\/(?:p|ul|ol|blockquote)>)<p>(?=[\u2012-\u2015-] ?)((?:(?!<\/p>).){1,200}[^.!?…\u3002\uff01\uff1f])(?=<\/p><\/blockquote>)/g;

/**
 * An article's body for its page. Pictures load lazily and send no referrer. Those of the site have renditions. Wide
 * tables and code can scroll, also by keyboard. Headings skip no level. The speaker below a quotation is marked. Every
 * `<` begins a tag, because ingest escapes this character in texts.
 * @param language language of the body (BCP 47)
 */
export function pageBody(html: string, media: readonly MediaUse[] | undefined, language?: string): string {
  const files = filesByAddress(media);
  // The headline is the heading of level 1.
  let level = 1;
  return withFirmSpaces(html, language)
    .replace(TAG, (_, name: string, src: string | undefined, rest: string) => {
      if (name.startsWith('img')) return picture(src, rest, files);
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
    })
    .replace(ATTRIBUTION, '$1<p class="attribution">$2');
}

/** A picture with its renditions, if it has some. `rest` holds its other attributes. */
function picture(src: string | undefined, rest: string, files: ReturnType<typeof filesByAddress>): string {
  if (src === undefined) return `${LAZY}${rest}>`;
  const file = files.get(src);
  const { colour, srcset, sizes } = (file && renditionsOf(src, file, 'article')) ?? {};
  const img = `${LAZY}${attributes({ 'data-colour': colour, src })}${rest}>`;
  if (srcset === undefined) return img;
  return `<picture><source${attributes({ type: 'image/webp', srcset, sizes })}>${img}</picture>`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`))
    .join('');
}
