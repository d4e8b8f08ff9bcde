/** Tags that {@link pageBody} changes. */
const TAG = /<(img|table|pre|\/table|\/?h[2-6])(?=[ >])/g;

const LAZY = '<img loading="lazy" decoding="async" referrerpolicy="no-referrer"';

/**
 * An article's body for its page. Pictures load lazily and send no referrer. Wide tables and code can scroll, also by
 * keyboard. Headings skip no level. Every `<` begins a tag, because ingest escapes this character in texts.
 */
export function pageBody(html: string): string {
  // The headline is the heading of level 1.
  let level = 1;
  return html.replace(TAG, (_, name: string) => {
    switch (name) {
      case 'img':
        return LAZY;
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
