/** What a page adds to a tag of an article's body; see {@link bodyHtml}. */
const TAG = /<(img|table|pre|\/table|\/?h[2-6])(?=[ >])/g;

const LAZY = '<img loading="lazy" decoding="async" referrerpolicy="no-referrer"';

/**
 * An article's body as its page shows it: pictures are fetched when they come into view and tell their host nothing
 * of the page, wide tables and code scroll by themselves and by the keyboard, and headings skip no level. What
 * ingest writes escapes `<` in texts and in attributes alike, so that every one of them begins a tag.
 */
export function pageBody(html: string): string {
  // Of the headline, which is the page's first heading.
  let level = 1;
  return html.replace(TAG, (_, name: string) => {
    switch (name) {
      case 'img':
        return LAZY;
      case 'table':
        return '<div class="scroll" tabindex="0"><table';
      case '/table':
        // Its `>` follows and ends the wrapper's.
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
